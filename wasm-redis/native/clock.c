/* Clocks and sleeping. Times cross the boundary as a double of microseconds: cheaper than WASI's 64-bit nanoseconds,
 * which JavaScript sees as a BigInt, and Redis reads the clock twice for every command. */
#include <errno.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include "host.h"

/* What the kernel lays out for this process, as Linux does for its vDSO: how the host's clock becomes the machine's. A
 * read then costs one call that does nothing but look at the clock. */
static struct clock_page {
    double anchor_ms; /* the host's time at which ... */
    double anchor_us; /* ... the machine was up for so long */
    double us_per_ms; /* its rate */
    double epoch_us;  /* wall time at boot */
    double until_ms;  /* from this host time on the kernel is to be asked; 0 while the clock stands still */
} page;
static int page_known;

static double machine_us(int clock_id) {
    if (!page_known) {
        page_known = 1;
        host_clock_page(&page);
    }
    if (page.until_ms == 0) return host_clock_time(clock_id);
    double ms = host_now();
    if (ms >= page.until_ms) return host_clock_time(clock_id);
    double us = page.anchor_us + (ms - page.anchor_ms) * page.us_per_ms;
    return clock_id == CLOCK_REALTIME ? us + page.epoch_us : us;
}

/* Even so a read costs about as much as parsing a command, and call() reads at the start and at the end of each. Between
 * an end and the next start there is nothing but parsing, so a start may take over what the end has read: once, and not
 * across a wait. Whether the process is between commands is the program's to say. */
static double last_us;
static int repeatable;

__attribute__((weak)) int clock_between_commands(void) {
    return 0;
}

/* The process has waited, or may have: the next read is a fresh one. */
void clock_waited(void) {
    repeatable = 0;
}

static double wall_us(void) {
    if (repeatable && clock_between_commands()) {
        repeatable = 0;
        return last_us;
    }
    repeatable = 1;
    return last_us = machine_us(CLOCK_REALTIME);
}

/* Splitting a time costs two divisions, and nearly every one lies in the same second as the one before. */
static double second_us = -1e6;
static time_t second;

static void split(double us, struct timeval *tv) {
    if (!(us >= second_us && us < second_us + 1e6)) {
        second = (time_t)(us / 1e6);
        second_us = (double)second * 1e6;
    }
    tv->tv_sec = second;
    tv->tv_usec = (int)(us - second_us);
}

int __wrap_gettimeofday(struct timeval *restrict tv, void *restrict tz) {
    (void)tz;
    split(wall_us(), tv);
    return 0;
}

/* A command's own time: what was read last, when the command began. See command_time.h. */
long long clock_command_ms(void) {
    return (long long)(last_us / 1e3);
}

unsigned long long clock_command_monotonic_us(void) {
    return (unsigned long long)(last_us - page.epoch_us);
}

int __wrap_clock_gettime(clockid_t id, struct timespec *ts) {
    double us = machine_us(id);
    ts->tv_sec = (time_t)(us / 1e6);
    ts->tv_nsec = (long)((us - (double)ts->tv_sec * 1e6) * 1e3);
    return 0;
}

time_t __wrap_time(time_t *out) {
    time_t now = (time_t)(machine_us(CLOCK_REALTIME) / 1e6);
    if (out) *out = now;
    return now;
}

static int sleep_us(double us) {
    clock_waited();
    int r = host_sleep(us);
    if (r == 0) return 0;
    errno = -r;
    return -1;
}

int __wrap_usleep(unsigned us) {
    return sleep_us(us);
}

unsigned __wrap_sleep(unsigned seconds) {
    return sleep_us(seconds * 1e6) == 0 ? 0 : seconds;
}

int __wrap_nanosleep(const struct timespec *want, struct timespec *left) {
    if (left) left->tv_sec = left->tv_nsec = 0;
    return sleep_us((double)want->tv_sec * 1e6 + (double)want->tv_nsec / 1e3);
}

/* Off Linux upstream reads a struct timezone here that gettimeofday() never fills in. The machine keeps UTC. */
unsigned long __wrap_getTimeZone(void) {
    return 0;
}

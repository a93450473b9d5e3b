/* Process: identity, signals, exit, resources. Emscripten's standalone libc stubs these out. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/utsname.h>
#include "host.h"

#define NOFILE_LIMIT 10240

static long result(int r) {
    if (r >= 0) return r;
    errno = -r;
    return -1;
}

pid_t __wrap_getpid(void) {
    return host_getpid();
}

int __wrap_kill(pid_t pid, int sig) {
    return result(host_kill(pid, sig));
}

pid_t __wrap_waitpid(pid_t pid, int *status, int options) {
    return result(host_waitpid(pid, status, options));
}

void __wrap_abort(void) {
    host_abort();
    __builtin_trap();
}

/* The dispositions live in libc's own table, so sigaction() and signal() are libc's. Returns 0 if the default action
 * is to be taken, 1 if the signal was ignored or its handler has run. */
extern struct sigaction __sig_actions[_NSIG];
EXPORT("deliver_signal") int deliver_signal(int sig) {
    struct sigaction *action = &__sig_actions[sig];
    if (action->sa_flags & SA_SIGINFO) {
        siginfo_t info;
        memset(&info, 0, sizeof(info));
        info.si_signo = sig;
        action->sa_sigaction(sig, &info, NULL);
        return 1;
    }
    if (action->sa_handler == SIG_DFL) return 0;
    if (action->sa_handler != SIG_IGN) action->sa_handler(sig);
    return 1;
}

int __wrap_getrlimit(int resource, struct rlimit *limit) {
    limit->rlim_cur = limit->rlim_max = resource == RLIMIT_NOFILE ? NOFILE_LIMIT : RLIM_INFINITY;
    return 0;
}

/* User time is what the host measured around this process's steps; there is no system time to tell apart. */
int __wrap_getrusage(int who, struct rusage *usage) {
    memset(usage, 0, sizeof(*usage));
    if (who == RUSAGE_CHILDREN) return 0;
    double us = host_cpu_time();
    usage->ru_utime.tv_sec = (time_t)(us / 1e6);
    usage->ru_utime.tv_usec = (long)(us - usage->ru_utime.tv_sec * 1e6);
    return 0;
}

/* INFO server prints "os:" from these three. */
int __wrap_uname(struct utsname *name) {
    memset(name, 0, sizeof(*name));
    strcpy(name->sysname, "WebAssembly");
    strcpy(name->nodename, "localhost");
    strcpy(name->release, "1.0");
    strcpy(name->version, "1");
    strcpy(name->machine, "wasm32");
    return 0;
}

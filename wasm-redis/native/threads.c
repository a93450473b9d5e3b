/* Threads that run to idle. A thread's body is called from its top each time it has been signalled, and leaves by
 * longjmp() where it would have slept on its condition variable. bio.c is written so that this is invisible: its loop
 * holds no state of its own across that wait.
 *
 * Threads started without attributes are those of io-threads and redis-benchmark --threads. Their bodies spin on
 * shared counters, which no scheme without real threads can serve, so creating them fails as on a full system. */
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>

#define THREADS_MAX 16
#define THREAD_NONE -1

static struct {
    void *(*body)(void *);
    void *arg;
    int signalled;
} threads[THREADS_MAX];
static int thread_count, running = THREAD_NONE;
static jmp_buf idle;

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*body)(void *), void *arg) {
    if (attr == NULL || thread_count == THREADS_MAX) return EAGAIN;
    threads[thread_count].body = body;
    threads[thread_count].arg = arg;
    threads[thread_count].signalled = 1;
    thread_count++;
    *thread = (pthread_t)(long)thread_count;
    return 0;
}

/* In a thread: there is nothing to do, so back to the scheduler. Outside of one nobody waits (see bio.c). */
int __wrap_pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex) {
    (void)cond;
    (void)mutex;
    if (running != THREAD_NONE) longjmp(idle, 1);
    return 0;
}

/* Which thread waits on which condition is not recorded: each looks at its own queue and goes idle again. */
int __wrap_pthread_cond_signal(pthread_cond_t *cond) {
    (void)cond;
    for (int i = 0; i < thread_count; i++) threads[i].signalled = 1;
    return 0;
}

int __wrap_pthread_cond_broadcast(pthread_cond_t *cond) {
    return __wrap_pthread_cond_signal(cond);
}

static void thread_run(int i) {
    threads[i].signalled = 0;
    running = i;
    if (setjmp(idle) == 0) threads[i].body(threads[i].arg);
    running = THREAD_NONE;
}

void threads_run(void) {
    for (int i = 0; i < thread_count; i++)
        if (threads[i].signalled) thread_run(i);
}

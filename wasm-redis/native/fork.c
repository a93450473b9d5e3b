/* fork(). The host copies linear memory and the descriptor table, and the child's code runs at once in this very
 * instance. Its _exit() makes the host put the copies back and call fork_resume(), which leaves the child's frames by
 * longjmp(). The jump lands in the caller of redisFork(), which then calls redisFork() a second time, as the parent:
 * fork() returns the child's pid there, and the one step before fork() that must not happen twice is left out.
 *
 * So a child always runs to its end before its parent goes on. Its descriptors and pid are its own; files, pipes and
 * sockets are shared with the parent, as POSIX has it. */
#include <errno.h>
#include <setjmp.h>
#include <sys/types.h>
#include "host.h"

jmp_buf fork_point;
static int armed;     /* between fork_mark() and the fork() that it announces */
static int child_pid; /* of the child that has just ended, 0 on the way to fork() */

/* Called with what setjmp() returned: 0 on the way into redisFork(), the child's pid when the child has ended. */
void fork_mark(int from_longjmp) {
    armed = 1;
    child_pid = from_longjmp;
}

pid_t __wrap_fork(void) {
    if (!armed) { /* daemonize(); or Sentinel's scripts and Lua debugging sessions, see fork.h, which get ENOSYS */
        int pid = host_fork_detached();
        if (pid >= 0) return pid;
        errno = -pid;
        return -1;
    }
    armed = 0;
    if (child_pid) return child_pid;
    int error = host_fork_snapshot();
    if (error == 0) return 0; /* in the child from here on */
    errno = -error;
    return -1;
}

/* redisFork() opens this pipe before it forks; the parent's second pass has it already. */
void __real_openChildInfoPipe(void);
void __wrap_openChildInfoPipe(void) {
    if (!(armed && child_pid)) __real_openChildInfoPipe();
}

EXPORT("fork_resume") void fork_resume(int pid) {
    longjmp(fork_point, pid);
}

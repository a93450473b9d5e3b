/* Force-included when the callers of redisFork() are compiled (aof.c, eval.c, module.c, rdb.c). setjmp() has to run in
 * the caller's own frame: that frame is still alive when the child ends and the parent goes on from it. See fork.c. */
#include "server.h"
#include <setjmp.h>

extern jmp_buf fork_point;
void fork_mark(int from_longjmp);
#define redisFork(purpose) (fork_mark(setjmp(fork_point)), redisFork(purpose))

/* Force-included when the callers of redisFork() are compiled (aof.c, module.c, rdb.c). setjmp() has to run in the
 * caller's own frame: that frame is still alive when the child ends and the parent goes on from it. See fork.c.
 *
 * Not so in eval.c: the child of a Lua debugging session returns from the function that forked. There fork() fails, and
 * redis-cli says so; --ldb-sync-mode debugs without a fork. */
#include "server.h"
#include <setjmp.h>

extern jmp_buf fork_point;
void fork_mark(int from_longjmp);
#define redisFork(purpose) (fork_mark(setjmp(fork_point)), redisFork(purpose))

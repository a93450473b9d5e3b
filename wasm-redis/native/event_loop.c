/* The event loop, turned inside out. main() runs unmodified up to aeMain(), which parks; from then on the host drives
 * one iteration of the loop at a time through step(). */
#include "server.h"
#include "host.h"

void clock_waited(void);
void threads_run(void);

static aeEventLoop *loop;

/* Remembers the loop and leaves main() for good. The host throws through this call, so nothing after it runs. */
void __wrap_aeMain(aeEventLoop *el) {
    loop = el;
    host_park();
}

/* call() counts this up after it has read the time a command starts at, and down when all is done. */
int clock_between_commands(void) {
    return server.fixed_time_expire == 0;
}

/* One iteration: what aeMain() does in its body, then whatever it left to the threads. */
EXPORT("step") void step(void) {
    clock_waited();
    aeProcessEvents(loop, AE_ALL_EVENTS | AE_CALL_BEFORE_SLEEP | AE_CALL_AFTER_SLEEP);
    threads_run();
}

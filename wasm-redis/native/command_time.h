/* Force-included in upstream files that ask for the time again right after call() has read it for the same command
 * (script.c when a script begins, t_stream.c for an entry's ID). They get what call() has read; Redis 7.2 does so too
 * (commandTimeSnapshot() in its server.c). */
#include "server.h"

long long clock_command_ms(void);
unsigned long long clock_command_monotonic_us(void);
#define mstime() clock_command_ms()
#define getMonotonicUs() clock_command_monotonic_us()

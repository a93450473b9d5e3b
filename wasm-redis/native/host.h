/* What the machine around a process offers beyond WASI: every function here is imported from module "host" and
 * implemented in ../kernel. Results follow the kernel convention: a negative number is -errno. */
#ifndef REDIS_WASM_HOST_H
#define REDIS_WASM_HOST_H

#define HOST(name) __attribute__((import_module("host"), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

/* process */
HOST("park") void host_park(void); /* unwinds out of main(), whose stack frame stays reserved; never returns */
HOST("abort") void host_abort(void); /* ends the process as SIGABRT does; never returns */
HOST("fork_snapshot") int host_fork_snapshot(void);
HOST("fork_detached") int host_fork_detached(void); /* daemonize(): 0 in the child, its pid in a parent that only exits */
HOST("getpid") int host_getpid(void); /* the child's pid while the child runs */
HOST("kill") int host_kill(int pid, int sig);
HOST("waitpid") int host_waitpid(int pid, int *status, int options);
HOST("cpu_time") double host_cpu_time(void); /* microseconds this process has run */

/* clock: microseconds, exact in a double until the year 2255 */
struct clock_page; /* see clock.c */
HOST("clock_page") void host_clock_page(struct clock_page *page);
HOST("clock_time") double host_clock_time(int clock_id);
HOST("now") double host_now(void); /* the host's own clock, milliseconds from an arbitrary start */
HOST("sleep") int host_sleep(double us);

/* files, descriptors */
HOST("open") int host_open(const char *path, int flags, int mode);
HOST("read") int host_read(int fd, void *buf, unsigned long len);
HOST("write") int host_write(int fd, const void *buf, unsigned long len);
HOST("fcntl") int host_fcntl(int fd, int cmd, int arg);
HOST("ioctl") int host_ioctl(int fd, int request, void *arg);

/* sockets */
HOST("setsockopt") int host_setsockopt(int fd, int level, int name, const void *value, unsigned long len);
HOST("shutdown") int host_shutdown(int fd, int how);

#endif

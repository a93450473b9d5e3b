/* Files, terminals and sockets: what Emscripten's standalone libc refuses or routes through slower calls. */
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>
#include "host.h"

static long result(int r) {
    if (r >= 0) return r;
    errno = -r;
    return -1;
}

long __syscall_open(const char *path, long flags, ...) {
    va_list args;
    va_start(args, flags);
    int mode = va_arg(args, int);
    va_end(args);
    return host_open(path, flags, mode);
}

/* read() and write() would go through WASI's vectored calls; these two carry all of Redis's socket traffic. */
ssize_t __wrap_read(int fd, void *buf, size_t len) {
    return result(host_read(fd, buf, len));
}

ssize_t __wrap_write(int fd, const void *buf, size_t len) {
    return result(host_write(fd, buf, len));
}

long __wrap___syscall_fcntl64(long fd, long cmd, ...) {
    va_list args;
    va_start(args, cmd);
    int arg = va_arg(args, int);
    va_end(args);
    return host_fcntl(fd, cmd, arg);
}

long __wrap___syscall_ioctl(int fd, int request, ...) {
    va_list args;
    va_start(args, request);
    void *arg = va_arg(args, void *);
    va_end(args);
    return host_ioctl(fd, request, arg);
}

int __wrap_setsockopt(int fd, int level, int name, const void *value, socklen_t len) {
    return result(host_setsockopt(fd, level, name, value, len));
}

int __wrap_shutdown(int fd, int how) {
    return result(host_shutdown(fd, how));
}

/* Linear memory has no page protection. A caller that asks for a mapping it may not write to (DEBUG SEGFAULT) gets
 * MAP_FAILED, an address where a store traps. */
void *__real_mmap(void *addr, size_t len, int prot, int flags, int fd, off_t offset);
void *__wrap_mmap(void *addr, size_t len, int prot, int flags, int fd, off_t offset) {
    if (!(prot & PROT_WRITE)) {
        errno = ENODEV;
        return MAP_FAILED;
    }
    return __real_mmap(addr, len, prot, flags, fd, offset);
}

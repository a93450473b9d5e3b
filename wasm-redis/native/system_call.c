/* System calls that Emscripten's standalone libc answers itself, with ENOSYS or EPERM. It defines them weakly, so what
 * stands here goes first, and hands them to the kernel as libc does with all others. Which of them libc uses depends on
 * its version: the early ones open and stat by path, the later ones relative to a folder, always AT_FDCWD here. */
#include <stdarg.h>
#include "host.h"

#define IMPORT(name) __attribute__((import_module("env"), import_name("__syscall_" name)))

IMPORT("fstat64") int import_fstat64(int fd, void *buf);
IMPORT("stat64") int import_stat64(const char *path, void *buf);
IMPORT("lstat64") int import_lstat64(const char *path, void *buf);
IMPORT("newfstatat") int import_newfstatat(int folder, const char *path, void *buf, int flags);
IMPORT("mkdirat") int import_mkdirat(int folder, const char *path, int mode);

int __syscall_openat(int folder, const char *path, int flags, ...) {
    (void)folder;
    va_list args;
    va_start(args, flags);
    int mode = va_arg(args, int);
    va_end(args);
    return host_open(path, flags, mode);
}

int __syscall_fstat64(int fd, void *buf) {
    return import_fstat64(fd, buf);
}

int __syscall_stat64(const char *path, void *buf) {
    return import_stat64(path, buf);
}

int __syscall_lstat64(const char *path, void *buf) {
    return import_lstat64(path, buf);
}

int __syscall_newfstatat(int folder, const char *path, void *buf, int flags) {
    return import_newfstatat(folder, path, buf, flags);
}

int __syscall_mkdirat(int folder, const char *path, int mode) {
    return import_mkdirat(folder, path, mode);
}

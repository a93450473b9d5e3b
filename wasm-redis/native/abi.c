/* The numbers that the kernel shares with the C library: constants by name, sizes of structures and offsets of their
 * fields. scripts/build-engine/abi.ts compiles this file into a module of its own, reads the table out of its memory
 * and writes ../build/abi.ts, so that no number of another Emscripten is ever written by hand. */
#include "abi-headers.h"
#include <stddef.h>

struct entry {
    const char *group; /* name of the exported object */
    const char *name;
    int value; /* the constant, the offset, or for the name "size" the size in bytes */
    int width; /* bytes of a field, 0 for what is not one */
};

#define CONSTANT(group, name) {#group, #name, (int)(name), 0},
#define STRUCT(group, type) {#group, "size", sizeof(type), 0},
#define FIELD(group, type, field) {#group, #field, offsetof(type, field), sizeof(((type *)0)->field)},

static const struct entry table[] = {
#include "abi-constants.h" /* one CONSTANT() per macro of the headers; generated */

    STRUCT(STAT, struct stat)
    FIELD(STAT, struct stat, st_dev)
    FIELD(STAT, struct stat, st_mode)
    FIELD(STAT, struct stat, st_nlink)
    FIELD(STAT, struct stat, st_uid)
    FIELD(STAT, struct stat, st_gid)
    FIELD(STAT, struct stat, st_rdev)
    FIELD(STAT, struct stat, st_size)
    FIELD(STAT, struct stat, st_blksize)
    FIELD(STAT, struct stat, st_blocks)
    FIELD(STAT, struct stat, st_atim)
    FIELD(STAT, struct stat, st_mtim)
    FIELD(STAT, struct stat, st_ctim)
    FIELD(STAT, struct stat, st_ino)

    STRUCT(DIRENT64, struct dirent)
    FIELD(DIRENT64, struct dirent, d_ino)
    FIELD(DIRENT64, struct dirent, d_off)
    FIELD(DIRENT64, struct dirent, d_reclen)
    FIELD(DIRENT64, struct dirent, d_type)
    FIELD(DIRENT64, struct dirent, d_name)

    STRUCT(TERMIOS, struct termios)
    FIELD(TERMIOS, struct termios, c_iflag)
    FIELD(TERMIOS, struct termios, c_oflag)
    FIELD(TERMIOS, struct termios, c_cflag)
    FIELD(TERMIOS, struct termios, c_lflag)
    FIELD(TERMIOS, struct termios, c_line)
    FIELD(TERMIOS, struct termios, c_cc)

    STRUCT(WINSIZE, struct winsize)
    FIELD(WINSIZE, struct winsize, ws_row)
    FIELD(WINSIZE, struct winsize, ws_col)
    FIELD(WINSIZE, struct winsize, ws_xpixel)
    FIELD(WINSIZE, struct winsize, ws_ypixel)

    STRUCT(EPOLL_EVENT, struct epoll_event)
    FIELD(EPOLL_EVENT, struct epoll_event, events)
    FIELD(EPOLL_EVENT, struct epoll_event, data)

    STRUCT(POLLFD, struct pollfd)
    FIELD(POLLFD, struct pollfd, fd)
    FIELD(POLLFD, struct pollfd, events)
    FIELD(POLLFD, struct pollfd, revents)

    STRUCT(SOCKADDR_IN, struct sockaddr_in)
    FIELD(SOCKADDR_IN, struct sockaddr_in, sin_family)
    FIELD(SOCKADDR_IN, struct sockaddr_in, sin_port)
    FIELD(SOCKADDR_IN, struct sockaddr_in, sin_addr)

    STRUCT(SOCKADDR_UN, struct sockaddr_un)
    FIELD(SOCKADDR_UN, struct sockaddr_un, sun_family)
    FIELD(SOCKADDR_UN, struct sockaddr_un, sun_path)

    STRUCT(TIMESPEC, struct timespec)
    FIELD(TIMESPEC, struct timespec, tv_sec)
    FIELD(TIMESPEC, struct timespec, tv_nsec)

    STRUCT(TIMEVAL, struct timeval)
    FIELD(TIMEVAL, struct timeval, tv_sec)
    FIELD(TIMEVAL, struct timeval, tv_usec)

    STRUCT(IOVEC, struct iovec)
    FIELD(IOVEC, struct iovec, iov_base)
    FIELD(IOVEC, struct iovec, iov_len)

    STRUCT(MSGHDR, struct msghdr)
    FIELD(MSGHDR, struct msghdr, msg_name)
    FIELD(MSGHDR, struct msghdr, msg_namelen)
    FIELD(MSGHDR, struct msghdr, msg_iov)
    FIELD(MSGHDR, struct msghdr, msg_iovlen)
    FIELD(MSGHDR, struct msghdr, msg_flags)

    STRUCT(RUSAGE, struct rusage)
    FIELD(RUSAGE, struct rusage, ru_utime)
    FIELD(RUSAGE, struct rusage, ru_stime)
    FIELD(RUSAGE, struct rusage, ru_maxrss)

    STRUCT(RLIMIT_STRUCT, struct rlimit)
    FIELD(RLIMIT_STRUCT, struct rlimit, rlim_cur)
    FIELD(RLIMIT_STRUCT, struct rlimit, rlim_max)

    STRUCT(SIGACTION, struct sigaction)
    FIELD(SIGACTION, struct sigaction, sa_handler)
    FIELD(SIGACTION, struct sigaction, sa_mask)
    FIELD(SIGACTION, struct sigaction, sa_flags)

    STRUCT(UTSNAME, struct utsname)
    FIELD(UTSNAME, struct utsname, sysname)
    FIELD(UTSNAME, struct utsname, nodename)
    FIELD(UTSNAME, struct utsname, release)
    FIELD(UTSNAME, struct utsname, version)
    FIELD(UTSNAME, struct utsname, machine)
};

__attribute__((export_name("table"))) const struct entry *abi_table(void) {
    return table;
}

__attribute__((export_name("count"))) int abi_count(void) {
    return sizeof(table) / sizeof(*table);
}

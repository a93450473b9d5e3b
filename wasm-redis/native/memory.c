/* memcpy, memmove, memset, memcmp and strcasecmp in place of libc's. Redis copies few bytes at a time: keys, lengths, "\r\n". For
 * those two loads and two stores that may overlap are quickest; a longer block is one instruction of WebAssembly, which
 * costs a call into the engine. Unaligned access is free of charge. */
#include <stddef.h>
#include <stdint.h>

#define UNALIGNED __attribute__((may_alias, aligned(1)))
typedef uint64_t UNALIGNED u64;
typedef uint32_t UNALIGNED u32;
typedef uint16_t UNALIGNED u16;
typedef uint8_t u8;

#define LOAD(type, from, at) (*(const type *)((const u8 *)(from) + (at)))
#define STORE(type, to, at, value) (*(type *)((u8 *)(to) + (at)) = (value))

/* All is loaded before anything is stored, so the blocks may overlap. */
static inline void *copy(void *to, const void *from, size_t n) {
    if (n > 32) return __builtin_memmove(to, from, n);
    if (n > 16) {
        uint64_t a = LOAD(u64, from, 0), b = LOAD(u64, from, 8), c = LOAD(u64, from, n - 16), d = LOAD(u64, from, n - 8);
        STORE(u64, to, 0, a);
        STORE(u64, to, 8, b);
        STORE(u64, to, n - 16, c);
        STORE(u64, to, n - 8, d);
    } else if (n >= 8) {
        uint64_t a = LOAD(u64, from, 0), b = LOAD(u64, from, n - 8);
        STORE(u64, to, 0, a);
        STORE(u64, to, n - 8, b);
    } else if (n >= 4) {
        uint32_t a = LOAD(u32, from, 0), b = LOAD(u32, from, n - 4);
        STORE(u32, to, 0, a);
        STORE(u32, to, n - 4, b);
    } else if (n >= 2) {
        uint16_t a = LOAD(u16, from, 0);
        uint8_t b = LOAD(u8, from, n - 1);
        STORE(u16, to, 0, a);
        STORE(u8, to, n - 1, b);
    } else if (n == 1) {
        STORE(u8, to, 0, LOAD(u8, from, 0));
    }
    return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t n) {
    return copy(to, from, n);
}

void *memmove(void *to, const void *from, size_t n) {
    return copy(to, from, n);
}

void *memset(void *to, int byte, size_t n) {
    if (n > 32) return __builtin_memset(to, byte, n);
    uint64_t value = 0x0101010101010101ull * (u8)byte;
    if (n >= 8) {
        STORE(u64, to, 0, value);
        STORE(u64, to, n - 8, value);
        if (n > 16) {
            STORE(u64, to, 8, value);
            STORE(u64, to, n - 16, value);
        }
    } else if (n >= 4) {
        STORE(u32, to, 0, (uint32_t)value);
        STORE(u32, to, n - 4, (uint32_t)value);
    } else if (n >= 2) {
        STORE(u16, to, 0, (uint16_t)value);
        STORE(u8, to, n - 1, (u8)value);
    } else if (n == 1) {
        STORE(u8, to, 0, (u8)value);
    }
    return to;
}

/* The first byte that differs decides: of two words the one that is smaller read as big-endian numbers. */
static int order(uint64_t a, uint64_t b) {
    return __builtin_bswap64(a) < __builtin_bswap64(b) ? -1 : 1;
}

int memcmp(const void *a, const void *b, size_t n) {
    size_t at = 0;
    for (; at + 8 <= n; at += 8)
        if (LOAD(u64, a, at) != LOAD(u64, b, at)) return order(LOAD(u64, a, at), LOAD(u64, b, at));
    if (at + 4 <= n) {
        if (LOAD(u32, a, at) != LOAD(u32, b, at)) return order(LOAD(u32, a, at), LOAD(u32, b, at));
        at += 4;
    }
    for (; at < n; at++)
        if (LOAD(u8, a, at) != LOAD(u8, b, at)) return LOAD(u8, a, at) - LOAD(u8, b, at);
    return 0;
}

static inline int lower(int c) {
    return (unsigned)c - 'A' < 26 ? c | 32 : c;
}

/* Names of commands and options. libc's calls tolower() twice a byte. */
int strcasecmp(const char *a, const char *b) {
    const u8 *x = (const u8 *)a, *y = (const u8 *)b;
    for (;; x++, y++) {
        int difference = *x == *y ? 0 : lower(*x) - lower(*y);
        if (difference || !*x) return difference;
    }
}

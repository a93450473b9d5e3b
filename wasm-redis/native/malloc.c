/* The allocator: libc's, with two things of ours around it.
 *
 * A short list of freed blocks per size before libc's allocator, as tcmalloc's thread cache: a command frees what the
 * next one of its kind asks for, and dlmalloc would join the blocks with their neighbours and split them again.
 *
 * To dlmalloc a block in a list is in use, so realloc() and calloc() need not know of it. Its size is where dlmalloc keeps it:
 * in the word before the block, a multiple of 8 with flags in the low three bits (`head` of `struct malloc_chunk`). */
#include <stddef.h>
#include <stdint.h>

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *block, size_t n);
void __real_free(void *block);
int __real_emscripten_resize_heap(size_t size);

/* When memory ends, redis-server reports it and aborts, and the report (_serverPanic, printCrashReport) allocates. Without
 * room for that it is out of memory again within its own report, and so on until the stack is full. So the last pages are
 * kept back until an allocation has failed. (Not until growing has failed: dlmalloc asks twice.) */
enum { PAGE = 64 * 1024, RESERVE = 4 * PAGE };
static size_t reserve = RESERVE;

size_t __wrap_emscripten_get_heap_size(void) {
    return __builtin_wasm_memory_size(0) * PAGE - reserve;
}

int __wrap_emscripten_resize_heap(size_t size) {
    return __real_emscripten_resize_heap(size + reserve);
}

static inline void *allocated(void *block) {
    if (!block) reserve = 0;
    return block;
}

void *__wrap_calloc(size_t n, size_t size) {
    return allocated(__real_calloc(n, size));
}

void *__wrap_realloc(void *block, size_t n) {
    return allocated(__real_realloc(block, n));
}

enum { HEAD = 4, UNIT = 8, SMALLEST = 16, LARGEST = 256, KEPT = 64 };
_Static_assert(sizeof(void *) == 4 && sizeof(size_t) == HEAD, "dlmalloc's head is one word");
_Static_assert(_Alignof(max_align_t) == UNIT, "dlmalloc rounds sizes up to max_align_t");

struct freed {
    struct freed *next;
};
static struct freed *lists[LARGEST / UNIT + 1];
static uint8_t lengths[LARGEST / UNIT + 1];

void *__wrap_malloc(size_t n) {
    if (n <= LARGEST - HEAD) {
        size_t list = n <= SMALLEST - HEAD ? SMALLEST / UNIT : (n + HEAD + UNIT - 1) / UNIT;
        struct freed *block = lists[list];
        if (block) {
            lists[list] = block->next;
            lengths[list]--;
            return block;
        }
    }
    return allocated(__real_malloc(n));
}

void __wrap_free(void *block) {
    if (!block) return;
    size_t list = ((size_t *)block)[-1] / UNIT;
    if (list > LARGEST / UNIT || lengths[list] == KEPT) {
        __real_free(block);
        return;
    }
    struct freed *head = block;
    head->next = lists[list];
    lists[list] = head;
    lengths[list]++;
}

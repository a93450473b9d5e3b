/* A short list of freed blocks per size before libc's allocator, as tcmalloc's thread cache: a command frees what the
 * next one of its kind asks for, and dlmalloc would join the blocks with their neighbours and split them again.
 *
 * To dlmalloc a block in a list is in use, so realloc() and calloc() may stay libc's. Its size is where dlmalloc keeps it:
 * in the word before the block, a multiple of 8 with flags in the low three bits (`head` of `struct malloc_chunk`). */
#include <stddef.h>
#include <stdint.h>

void *__real_malloc(size_t n);
void __real_free(void *block);

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
    return __real_malloc(n);
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

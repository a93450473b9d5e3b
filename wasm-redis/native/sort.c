/* qsort in place of libc's: musl's leaves elements that compare equal in any order, glibc's merge sort in the order in which
 * they were. Redis lets replies depend on it: which of two places at the same distance GEOSEARCH COUNT keeps, which of two
 * sets of the same size comes first in ZUNION, how SORT ALPHA orders what is equal up to a zero byte. Halves and comparisons
 * are those of glibc, so that the order is the same even where a comparison function contradicts itself. */
#include <stdlib.h>
#include <string.h>

typedef int (*comparison)(const void *, const void *);

/* Sorts up to this size need no memory of the heap: as many bytes as glibc takes from the stack. */
#define STACK_BYTES 1024

/* @param space room for all elements */
static void merge_sort(char *elements, size_t count, size_t size, comparison compare, char *space) {
    if (count <= 1) return;
    size_t left = count / 2, right = count - left;
    char *a = elements, *b = elements + left * size, *to = space;
    merge_sort(a, left, size, compare, space);
    merge_sort(b, right, size, compare, space);
    while (left > 0 && right > 0) {
        if (compare(a, b) <= 0) {
            memcpy(to, a, size);
            a += size;
            left--;
        } else {
            memcpy(to, b, size);
            b += size;
            right--;
        }
        to += size;
    }
    /* What is left of the second half is in its place already. */
    if (left > 0) memcpy(to, a, left * size);
    memcpy(elements, space, (count - right) * size);
}

/* Without memory: slow, but stable and in place. */
static void insertion_sort(char *elements, size_t count, size_t size, comparison compare) {
    for (size_t at = 1; at < count; at++)
        for (char *b = elements + at * size; b > elements && compare(b - size, b) > 0; b -= size)
            for (size_t byte = 0; byte < size; byte++) {
                char kept = b[byte];
                b[byte] = (b - size)[byte];
                (b - size)[byte] = kept;
            }
}

void qsort(void *elements, size_t count, size_t size, comparison compare) {
    char stack[STACK_BYTES];
    char *space = count * size <= STACK_BYTES ? stack : malloc(count * size);
    if (!space) {
        insertion_sort(elements, count, size, compare);
        return;
    }
    merge_sort(elements, count, size, compare, space);
    if (space != stack) free(space);
}

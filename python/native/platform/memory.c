/* The two functions that the compiler calls unasked, as there is no library to take them from. */

#include <stddef.h>

/* Wherever it stands, and whatever it is a part of. */
typedef unsigned long __attribute__((may_alias, aligned(1))) word;

void *memset(void *target, int byte, size_t size);
void *memcpy(void *restrict target, const void *restrict source, size_t size);

/* The empty assembly keeps the compiler from turning each loop into a call of the function it is in. */

void *memset(void *target, int byte, size_t size)
{
    char *place = target;
    for (word whole = (unsigned char)byte * (~0UL / 0xFF); size >= sizeof whole; size -= sizeof whole) {
        *(word *)place = whole;
        place += sizeof whole;
        __asm__ volatile("" ::: "memory");
    }
    for (; size; size--) {
        *place++ = (char)byte;
        __asm__ volatile("" ::: "memory");
    }
    return target;
}

void *memcpy(void *restrict target, const void *restrict source, size_t size)
{
    char *place = target;
    const char *from = source;
    for (; size >= sizeof(word); size -= sizeof(word)) {
        *(word *)place = *(const word *)from;
        place += sizeof(word);
        from += sizeof(word);
        __asm__ volatile("" ::: "memory");
    }
    for (; size; size--) {
        *place++ = *from++;
        __asm__ volatile("" ::: "memory");
    }
    return target;
}

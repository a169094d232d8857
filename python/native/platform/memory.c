/* The two functions that the compiler calls unasked, as there is no library to take them from. */

#include <stddef.h>

void *memset(void *target, int byte, size_t size);
void *memcpy(void *restrict target, const void *restrict source, size_t size);

/* The empty assembly keeps the compiler from turning each loop into a call of the function it is in. */

void *memset(void *target, int byte, size_t size)
{
    for (char *place = target; size; size--) {
        *place++ = (char)byte;
        __asm__ volatile("" ::: "memory");
    }
    return target;
}

void *memcpy(void *restrict target, const void *restrict source, size_t size)
{
    const char *from = source;
    for (char *place = target; size; size--) {
        *place++ = *from++;
        __asm__ volatile("" ::: "memory");
    }
    return target;
}

/* System calls without any library: between the first parked thread and the release nothing may take a lock,
 * and a library takes locks where one does not expect it (its dynamic linker, its `errno`, its `malloc`). */
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

/* What differs between processors, and nothing else. */
#if defined __x86_64__
#include "x86_64.h"
#elif defined __aarch64__
#include "aarch64.h"
#else
#error "Only x86_64 and aarch64 are known; sessions elsewhere use plain fork."
#endif

/* `call(close, 3)` makes the system call `close`; the result is -E... where it fails. */
#define call(...) CALL_WITH(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)
#define CALL_WITH(name, a, b, c, d, e, f, ...) \
    system_call(SYS_##name, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

/* Newer than the kernel headers of the oldest system that builds this. */
#ifndef SYS_rseq
#ifdef __x86_64__
#define SYS_rseq 334
#else
#define SYS_rseq 293
#endif
#endif

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_open_tree
#define SYS_open_tree 428
#endif

#define MILLISECOND 1000000LL
#define SECOND (1000 * MILLISECOND)
#define ALL_SIGNALS (~0UL)

/* The kernel's own form of `struct sigaction`. */
struct signal_action {
    void (*handler)(int, siginfo_t *, void *);
    unsigned long flags;
    void (*restorer)(void);
    unsigned long mask;
};

/* As `getdents64` lists them, one after the other. */
struct entry {
    unsigned long inode;
    long offset;
    unsigned short size;
    unsigned char type;
    char name[];
};

static inline struct entry *next_entry(struct entry *entry)
{
    return (struct entry *)((char *)entry + entry->size);
}

/* Nanoseconds. */
static inline long long now(void)
{
    struct timespec time;
    call(clock_gettime, CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

static inline void pause_for(long long nanoseconds)
{
    struct timespec time = {nanoseconds / SECOND, nanoseconds % SECOND};
    call(nanosleep, &time, 0);
}

/* Wait while the word has this value: until it is woken, or for ever where no time is given. */
static inline long wait_while(_Atomic unsigned *word, unsigned value, long long nanoseconds)
{
    struct timespec time = {nanoseconds / SECOND, nanoseconds % SECOND};
    return call(futex, word, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, value, nanoseconds ? &time : 0);
}

static inline void wake_all(_Atomic unsigned *word)
{
    call(futex, word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1 << 30);
}

/* Read a file to its end; its size, or -E... A file that does not fit is -E2BIG, never cut short. */
static inline long read_file(const char *path, char *text, long most)
{
    long size = 0, got, file = call(openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return file;
    while ((got = call(read, file, text + size, most - 1 - size)) > 0) size += got;
    call(close, file);
    if (got < 0) return got;
    text[size] = 0;
    return size == most - 1 ? -E2BIG : size;
}

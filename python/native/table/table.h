/* The table of the descriptors that a frozen state must not share with the live process: what all kinds need. */
#pragma once

#include <sys/stat.h>

#include "platform/kernel.h"

struct kind;
struct socket_note;

struct descriptor {
    int number;
    const struct kind *kind;
    int status;        /* as F_GETFL tells: access, O_NONBLOCK, O_APPEND */
    int is_closed_on_exec;
    unsigned mode;     /* as `fstat` tells: what kind of file it is */
    unsigned long device, inode;
    unsigned long open_file; /* which open file it is, where the kernel tells; else 0 */
    unsigned place; /* in the index by inode, from 1 on */
    struct descriptor *same;    /* the first one of the same open file; itself where it is that */
    struct descriptor *before, *behind; /* in the tree of open files that have one inode */
    struct descriptor *partner; /* the other end of a private pipe or socket pair */
    int is_handed;     /* the host has put under its number what the live process had */
    long unread, unread_size;   /* the bytes that were on their way to it: where they are kept */
    union {
        int capacity;
        struct {
            long position; /* less than 0: it has none */
            long size, links;
            struct timespec modified;
            unsigned first_lock, locks;
            int is_busy; /* a database notes in it that it is being written to */
            int verdict, cause, is_allowed;
            int real, memory; /* the file itself, and where what is written to it is kept meanwhile; else -1 */
            long kept_from, failure;
            struct f_owner_ex owner; /* who is sent its signals */
            int signal;
        } file;
        struct { unsigned long count; int is_semaphore; } counter;
        struct { int clock; struct itimerspec setting; unsigned long ticks; } timer;
        struct { int first_watch, watches; } set;
        unsigned long signals;
        long process;
        struct socket_note *socket;
        unsigned long terminal;
    };
};

/* What is done with one kind of descriptor; each function returns -1 where it fails.
 * `inspect`, in the live process with all threads parked, returns 0 where the descriptor may stay shared. */
struct kind {
    int (*inspect)(struct descriptor *descriptor);
    int (*suspend)(struct descriptor *descriptor); /* when the copy falls asleep */
    int (*resume)(struct descriptor *descriptor); /* when woken, for the first one of each file only */
    /* Whether two are one open file, by what they do; 0 where nothing shows it. */
    int (*is_same)(const struct descriptor *one, const struct descriptor *other);
};

/* table.c */
void forget_descriptors(void);
struct descriptor *new_descriptor(void); /* to be filled in and added; 0: there are too many */
struct descriptor *add_descriptor(struct descriptor *descriptor); /* returns the first one that has its inode */
struct descriptor *next_descriptor(struct descriptor *before); /* 0 asks for the first, 0 comes after the last */
struct descriptor *next_of(const struct kind *kind, struct descriptor *before);
struct descriptor *descriptor_with(int number);
struct descriptor *descriptor_of(unsigned long device, unsigned long inode); /* the first one */

/* numbers.c */
int install(long file, const struct descriptor *descriptor); /* under its number; closes `file` */
int install_duplicates(const struct descriptor *first); /* under the numbers of its duplicates */
long reopen(int number, int flags); /* a new descriptor for the file, opened by its number; -E... */
long open_reference(int number); /* a new descriptor that is a mere reference (O_PATH); -E... */
int reserve_number(struct descriptor *descriptor); /* with a reference to the root folder, which keeps nothing open */
const char *descriptor_details(int number); /* its fdinfo; 0: refused */

/* same.c */
struct descriptor *first_of_file(struct descriptor *descriptor, struct descriptor *root);

/* unread.c */
void forget_bytes(void);
char *reserve_bytes(struct descriptor *descriptor, long size); /* 0: refused */
int write_unread(const struct descriptor *reader, int into);

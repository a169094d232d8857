/* Descriptors that a sleeping copy must not share with the live process, and how a woken one gets them back. */
#pragma once

#include <sys/stat.h>

#include "platform/kernel.h"

struct given;
struct kind;
struct socket_note;

struct descriptor {
    int number;
    const struct kind *kind;
    int status;        /* as F_GETFL tells: access, O_NONBLOCK, O_APPEND */
    int is_closed_on_exec;
    unsigned mode;     /* as `fstat` tells: what kind of file it is */
    unsigned long device, inode;
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
            int verdict, cause, is_excused;
            struct f_owner_ex owner; /* who is sent its signals */
            int signal;
        } file;
        struct { unsigned long id, count; int is_semaphore; } counter;
        struct { int clock; struct itimerspec setting; unsigned long ticks; } timer;
        struct { int first_watch, watches; } set;
        unsigned long signals;
        long process;
        struct socket_note *socket;
        unsigned long terminal;
    };
};

/* What is done with one kind of descriptor; each function returns -1 where it fails.
 * `look`, in the live process with all threads parked, returns 0 where the descriptor may stay shared. */
struct kind {
    int (*look)(struct descriptor *descriptor);
    int (*put_away)(struct descriptor *descriptor); /* when the copy falls asleep */
    int (*bring_back)(struct descriptor *descriptor); /* when woken, for the first one of each file only */
};

/* descriptors.c */
int look_at_descriptors(int control, const struct given *given); /* -1: refused */
int has_put_away(void); /* whether a copy lets go of anything as it falls asleep */
int put_away_descriptors(void);
int bring_back_descriptors(void);
struct descriptor *next_of(const struct kind *kind, struct descriptor *before);
struct descriptor *socket_with(unsigned long inode); /* the first one */
struct descriptor *descriptor_with(int number);
struct descriptor *file_with(unsigned long inode); /* the first one */
int put(long file, const struct descriptor *descriptor); /* under its number; closes `file` */
int put_same(const struct descriptor *first); /* under the numbers of its duplicates */
long reopen(int number, int flags); /* a new descriptor for the file, opened by its number; -E... */
long refer_to(int number); /* a new descriptor that is a mere reference (O_PATH); -E... */
int hold_number(struct descriptor *descriptor); /* with what nobody can notice, and nobody can use */
const char *descriptor_details(int number); /* its fdinfo; 0: refused */

/* same.c */
struct descriptor *first_of_file(struct descriptor *descriptor, struct descriptor *root);

/* bytes.c: what was unread */
void forget_bytes(void);
char *room_for(struct descriptor *descriptor, long size); /* 0: refused */
int write_unread(const struct descriptor *reader, int into);

/* files.c */
enum verdict { AS_IT_WAS, AT_ITS_END, READ_ONLY, DEAD };
enum cause { CHANGED = 1, LOCKED, FORBIDDEN };
long open_file_anew(const struct descriptor *file); /* for reading alone, where it stood; -E... where that may not be */
void read_at(const struct descriptor *file, void *bytes, long size, long place);
void distrust(struct descriptor *file, enum cause cause);
void settle_files(void); /* when every descriptor is back */
int foresee_files(int *numbers, int most);

/* locks.c */
void forget_locks(void);
int note_locks(struct descriptor *file); /* -1: refused */
int take_locks(struct descriptor *file); /* -1: one of them cannot be had */
void take_locks_to_read(struct descriptor *file);
int held_to_write(const struct descriptor *file);
int holds_open_file_locks(const struct descriptor *file); /* which any reference to the open file keeps; 0: any file */

/* mappings.c */
void put_away_mappings(void);
int bring_back_mappings(int kind);
int is_mapped_to_write(int is_wanted(const struct descriptor *file));

/* databases.c */
int refuse_databases(void); /* -1: refused */
int is_sqlite(const struct descriptor *file);
int is_log_of_database(const struct descriptor *file);
void look_for_database(struct descriptor *file); /* at the freeze */
void excuse_databases(void);
void blame_families(void);

/* One file each. */
extern const struct kind pipe_end, private_pipe, fifo, counter, timer, watch_set, any_socket, socket_pair;
extern const struct kind file, signals, process, file_watch, terminal_master;
int pair_pipes(void);
int pair_sockets(void);
int add_watches(void);

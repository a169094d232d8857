/* Descriptors that a sleeping copy must not share with the live process, and how a woken one gets them back. */
#pragma once

#include <netinet/in.h>

#include "kernel.h"

struct kind;

struct descriptor {
    int number;
    const struct kind *kind;
    int status;        /* as F_GETFL tells: access, O_NONBLOCK, O_APPEND */
    int is_closed_on_exec;
    unsigned long inode;
    unsigned place; /* in the index by inode, from 1 on */
    struct descriptor *same;    /* the first one of the same open file; itself where it is that */
    struct descriptor *partner; /* the other end of a private pipe or socket pair */
    long unread, unread_size;   /* the bytes that were on their way to it: where they are kept */
    union {
        int capacity;
        struct { unsigned long id, count; int is_semaphore; } counter;
        struct { int clock; struct itimerspec setting; unsigned long ticks; } timer;
        struct { int first_watch, watches; } set;
        struct {
            struct sockaddr_in6 address; /* or a sockaddr_in, which is smaller */
            unsigned address_size;
            int domain, protocol, backlog, options[5];
        } listener;
        struct { int shut; } pair;
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
int look_at_descriptors(int control); /* -1: refused */
int put_away_descriptors(void);
int bring_back_descriptors(void);
struct descriptor *next_of(const struct kind *kind, struct descriptor *before);
struct descriptor *socket_with(unsigned long inode); /* the first one */
int put(long file, const struct descriptor *descriptor); /* under its number; closes `file` */
const char *descriptor_details(int number); /* its fdinfo; 0: refused */

/* bytes.c: what was unread */
void forget_bytes(void);
char *room_for(struct descriptor *descriptor, long size); /* 0: refused */
int write_unread(const struct descriptor *reader, int into);

/* files.c */
void forget_files(void);
void note_file(int number); /* where it stands, if it has such a place */
long open_file_anew(int number);

/* One file each. */
extern const struct kind pipe_end, private_pipe, counter, timer, watch_set, listener, socket_pair;
int pair_pipes(void);
int pair_sockets(void);
int add_watches(void);
void forget_lost_listeners(void);
int look_at_unix(struct descriptor *descriptor);
int dead_socket(struct descriptor *descriptor);

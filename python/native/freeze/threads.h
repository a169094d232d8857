/* The other threads of the process: parked in a signal handler, and made anew from there in a woken copy. */
#pragma once

#include "platform/kernel.h"

#define MOST_THREADS 1000

/* What the kernel keeps for a thread and its signal frame does not bring back. */
struct thread_state {
    const struct given *given;
    void *robust_list;
    unsigned long robust_size;
    void *rseq_area;
    unsigned rseq_size; /* 0: not registered */
    char name[16];
    struct schedule {
        unsigned size, policy;
        unsigned long long flags;
        int nice;
        unsigned priority;
        unsigned long long deadline[3];
    } schedule;
    long processors_size;
    unsigned long processors[16];
};

struct thread {
    /* `freeze << 2 | stage`: a latecomer of a freeze that was given up cannot claim the slot. */
    _Atomic unsigned long claim;
    int tid, new_tid;
    int was_parked;
    void *frame;           /* the signal frame that it returns through */
    void *pointer;         /* the thread pointer */
    int *cleared;          /* the word that the kernel clears when it ends */
    unsigned long pending; /* signals sent to it alone that it has not taken */
    struct thread_state state;
};

/* What only Python can find out: see `snapshot/native.py`. */
struct given {
    long rseq_offset;
    int rseq_size; /* 0: glibc registers none */
    int size; /* of this structure: the Python beside the object must be of the same version */
    int *main_tid; /* where glibc keeps the main thread's id, 0 where that is unknown */
    /* Where glibc notes, from the thread pointer on, which policy and priority a thread has; `asked` is 0 where that
     * is unknown. */
    long asked, policy, priority;
    void *interpreter;
    void *(*first_state)(void *);
    void *(*next_state)(void *);
    long dictionary_offset; /* of a thread state; 0: unknown */
    void *(*item)(void *, const char *); /* 0: nothing of asyncio's needs mending */
    long sentinel_offset; /* of a thread state, from Python 3.13 on; 0: unknown */
    void (*keep)(void *);
    void (*after_fork)(void);
    const int *own; /* the session's descriptors, which live state and copies share */
    long own_count;
};

/* park.c, slots.c */
extern int pyrepl3_stubborn;
int park_all(int timeout_ms, const struct given *given); /* -1: refused */
void release_all(void);
void wait_for_release(unsigned freeze);
unsigned this_freeze(void);
struct thread *next_parked(unsigned freeze, struct thread *before); /* 0 asks for the first, 0 comes after the last */

/* thread_state.c */
const char *note_state(struct thread_state *state, const struct given *given); /* what cannot be restored, or 0 */
void restore_state(const struct thread_state *state);

/* revive.c */
void revive_all(void);

/* running_loops.c */
void find_running_loops(const struct given *given);
void mend_running_loops(void);

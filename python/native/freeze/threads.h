/* The other threads of the process: parked in a signal handler, and recreated from there in a woken copy. */
#pragma once

#include "platform/facts.h"
#include "platform/kernel.h"

#define MOST_THREADS 1000

/* What the kernel keeps for a thread and its signal frame does not bring back. */
struct thread_state {
    const struct facts *facts;
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

/* park.c */
int park_all(int timeout_ms, const struct facts *facts); /* -1: refused */
void release_all(void);
void wait_for_release(unsigned freeze);
unsigned this_freeze(void);

/* slots.c */
/* A thread is asked to park, notes its state, and is parked; each step is claimed for one freeze. */
enum stage { FREE, ASKED, WRITING, PARKED };

struct thread *slot_for(int tid, unsigned freeze); /* 0: there are too many */
struct thread *next_slot(struct thread *before); /* 0 asks for the first, 0 comes after the last */
struct thread *next_parked(unsigned freeze, struct thread *before);
int is_slot(struct thread *thread);
int is_asked(struct thread *thread, unsigned freeze);
int is_at(struct thread *thread, unsigned freeze, enum stage stage);
int advance(struct thread *thread, unsigned freeze, enum stage from, enum stage to); /* 0: not any more at `from` */
void set_stage(struct thread *thread, unsigned freeze, enum stage stage);

/* examine.c */
extern int pyrepl3_stubborn;
/* Each returns REFUSED where no copy may be made. */
int examine_parked(unsigned freeze);
int refuse_unparked(unsigned freeze);
int refuse_thread(int tid, const char *clause); /* 0: it has ended in the meantime */

/* thread_state.c */
const char *note_state(struct thread_state *state, const struct facts *facts); /* what cannot be restored, or 0 */
void reapply_state(const struct thread_state *state);

/* revive.c */
void revive_all(void);

/* running_loops.c */
void find_running_loops(const struct facts *facts);
void correct_running_loops(void);

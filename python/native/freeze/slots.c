/* The slots of the threads: each keeps its own, from freeze to freeze, and none can write in another's. */

#include "threads.h"

static struct thread threads[MOST_THREADS];
static int used;

static unsigned long claim_of(unsigned freeze, enum stage stage)
{
    return (unsigned long)freeze << 2 | stage;
}

int advance(struct thread *thread, unsigned freeze, enum stage from, enum stage to)
{
    unsigned long expected = claim_of(freeze, from);
    return atomic_compare_exchange_strong(&thread->claim, &expected, claim_of(freeze, to));
}

int is_at(struct thread *thread, unsigned freeze, enum stage stage)
{
    return thread->claim == claim_of(freeze, stage);
}

int is_slot(struct thread *thread)
{
    return thread >= threads && thread < threads + MOST_THREADS;
}

int is_asked(struct thread *thread, unsigned freeze)
{
    return thread->claim >> 2 == freeze;
}

void set_stage(struct thread *thread, unsigned freeze, enum stage stage)
{
    thread->claim = stage == FREE ? 0 : claim_of(freeze, stage);
}

struct thread *next_slot(struct thread *before)
{
    struct thread *thread = before ? before + 1 : threads;
    return thread < threads + used ? thread : 0;
}

struct thread *next_parked(unsigned freeze, struct thread *before)
{
    while ((before = next_slot(before)))
        if (is_at(before, freeze, PARKED)) break;
    return before;
}

/* A thread keeps its slot; one that is gone leaves it to another, unless it might still write there. */
struct thread *slot_for(int tid, unsigned freeze)
{
    static int hint; /* Listings keep their order, so the next one is mostly the right one. */
    struct thread *vacant = 0;
    for (int i = 0; i < used; i++) {
        struct thread *thread = &threads[(hint + i) % used];
        if (thread->tid == tid) {
            hint = (int)(thread - threads) + 1;
            return thread;
        }
        if (thread->claim >> 2 != freeze && (thread->claim & 3) != WRITING) vacant = thread;
    }
    if (!vacant && used < MOST_THREADS) vacant = &threads[used++];
    if (vacant) {
        vacant->claim = 0;
        vacant->tid = tid;
        vacant->was_parked = 0;
    }
    return vacant;
}

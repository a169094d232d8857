/* In a woken copy: make a thread for each parked one, on its own stack, and see that all have come back. */

#include "threads.h"

#include <sched.h>

#include "platform/endings.h"
#include "platform/export.h"

#define PATIENCE (2 * SECOND)
#define TRY_AGAIN (2 * MILLISECOND)
#define ALL_BACK_WITHIN (5 * SECOND)
/* Left free below the signal frame, though nothing there is in use any more. */
#define GAP 128
#define STACK_ALIGNMENT 64

static const unsigned long FLAGS = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
                                   CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
static _Atomic unsigned back_count, expected;

static void make(struct thread *thread);
static void come_back(void *argument);

void revive_all(void)
{
    long long deadline = now() + ALL_BACK_WITHIN;
    unsigned count;
    back_count = expected = 0;
    for (struct thread *thread = 0; (thread = next_parked(this_freeze(), thread));) expected++;
    for (struct thread *thread = 0; (thread = next_parked(this_freeze(), thread));) make(thread);
    /* Until a thread has counted itself back it reads its slot, which the next freeze may hand out again. */
    while ((count = back_count) < expected) {
        if (now() > deadline) end_process(WAKE_THREAD_MISSING);
        wait_while(&back_count, count, TRY_AGAIN);
    }
}

/* Where the limit of processes is reached, threads of the process that has just ended may still count for a moment. */
static void make(struct thread *thread)
{
    unsigned long top = ((unsigned long)thread->frame - GAP) & -(unsigned long)STACK_ALIGNMENT;
    struct beginning beginning = {FLAGS,           (void *)top, &thread->new_tid, thread->cleared,
                                  thread->pointer, come_back,   thread};
    long long deadline = now() + PATIENCE;
    long result;
    while ((result = begin_thread(&beginning)) == -EAGAIN && now() < deadline) pause_for(TRY_AGAIN);
    if (result < 0) end_process(WAKE_THREAD_REFUSED);
}

/* The first steps of a woken thread. Its mask, its alternate stack and its registers come from the frame. */
static void come_back(void *argument)
{
    struct thread *thread = argument;
    unsigned freeze = this_freeze();
    void *frame = thread->frame;
    reapply_state(&thread->state);
    /* Sent by this process to this thread, as glibc's own handlers check who sent them. */
    for (int number = 1; number <= 64; number++)
        if (thread->pending >> (number - 1) & 1) call(tgkill, call(getpid), call(gettid), number);
    if (++back_count >= expected) wake_all(&back_count);
    wait_for_release(freeze);
    return_from_signal(frame);
}

/* The ids of the threads that the last wake brought back, one after the other: 0 after the last. */
EXPORT int pyrepl3_renumbered(int index, int *old_tid, int *new_tid)
{
    struct thread *thread = 0;
    do thread = next_parked(this_freeze() - 1, thread);
    while (thread && index--);
    if (!thread) return 0;
    *old_tid = thread->tid;
    *new_tid = thread->new_tid;
    return 1;
}

/* What the kernel keeps for each thread and the signal frame does not bring back. */

#include "threads.h"

#include <sys/prctl.h>

#include "platform/endings.h"

#define RSEQ_ORIGINAL_SIZE 32
#define RSEQ_UNREGISTER 1

/* Bits among glibc's flags of a thread: that it knows the priority and the policy. */
#define IS_KNOWN 0x60U
#define MOST_FLAGS 0x3FFU

static void note_schedule(const struct facts *facts);
static const char *probe_rseq(struct thread_state *state, const struct facts *facts);

static const char FORBIDDEN[] = "has state that the system does not let be restored";

const char *note_state(struct thread_state *state, const struct facts *facts)
{
    state->facts = facts;
    call(get_robust_list, 0, &state->robust_list, &state->robust_size);
    /* Setting it to what it is changes nothing, and shows whether a copy may set it. */
    if (state->robust_list && call(set_robust_list, state->robust_list, state->robust_size) < 0) return FORBIDDEN;
    call(prctl, PR_GET_NAME, state->name);
    if (call(sched_getattr, 0, &state->schedule, sizeof state->schedule) < 0) state->schedule.size = 0;
    state->processors_size = call(sched_getaffinity, 0, sizeof state->processors, state->processors);
    return probe_rseq(state, facts);
}

void reapply_state(const struct thread_state *state)
{
    long failed = 0;
    if (state->robust_list) failed |= call(set_robust_list, state->robust_list, state->robust_size);
    if (state->rseq_size) failed |= call(rseq, state->rseq_area, state->rseq_size, 0, RSEQ_SIGNATURE);
    if (failed) end_process(WAKE_THREAD_STATE);
    call(prctl, PR_SET_NAME, state->name);
    /* These may be refused, as who has raised his own nice value may not lower it: then it is the main thread's. */
    if (state->schedule.size) call(sched_setattr, 0, &state->schedule, 0);
    if (state->processors_size > 0)
        call(sched_setaffinity, 0, state->processors_size, state->processors);
    note_schedule(state->facts);
}

/* glibc asks for them once, and by the old id, which would fail: Abseil's mutexes, in jax and gRPC, write about it. */
static void note_schedule(const struct facts *facts)
{
    char *pointer = thread_pointer();
    unsigned *asked = (unsigned *)(pointer + facts->asked);
    /* Other bits than flags have: a thread that is not glibc's. */
    if (!facts->asked || (*asked & IS_KNOWN) == IS_KNOWN || *asked > MOST_FLAGS) return;
    *(int *)(pointer + facts->policy) = (int)call(sched_getscheduler, 0);
    call(sched_getparam, 0, pointer + facts->priority);
    *asked |= IS_KNOWN;
}

/* Registering once more tells what is registered: the same is "busy", something else "invalid". */
static const char *probe_rseq(struct thread_state *state, const struct facts *facts)
{
    _Alignas(RSEQ_ORIGINAL_SIZE) char nobodys[RSEQ_ORIGINAL_SIZE] = {0};
    unsigned told = (unsigned)facts->rseq_size;
    /* glibc tells how much of its area is in use; what it registers may be more. */
    unsigned sizes[] = {RSEQ_ORIGINAL_SIZE, told, (told + RSEQ_ORIGINAL_SIZE - 1) & -RSEQ_ORIGINAL_SIZE};
    state->rseq_area = told ? (char *)thread_pointer() + facts->rseq_offset : nobodys;
    for (int i = 0; i < 3; i++) {
        long result = call(rseq, state->rseq_area, sizes[i], 0, RSEQ_SIGNATURE);
        state->rseq_size = result == -EBUSY ? sizes[i] : 0;
        if (result == 0) call(rseq, state->rseq_area, sizes[i], RSEQ_UNREGISTER, RSEQ_SIGNATURE);
        if (result == -EINVAL) continue;
        /* Where the system has none there is nothing to bring back; where it forbids it since, there may be. */
        int is_known = result == 0 || result == -EBUSY || !told || ((int *)state->rseq_area)[1] < 0;
        return is_known ? 0 : FORBIDDEN;
    }
    return "has a restartable sequence that is not glibc's";
}

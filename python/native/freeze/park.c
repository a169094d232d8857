/* Stop every other thread inside a signal handler, from where a copy of it can go on.
 *
 * The signal is 33, glibc's own for setuid(): `pthread_sigmask` cannot block it, and libraries whose threads
 * block all they can (jemalloc's in polars and pyarrow, faulthandler's) would never stop for another one.
 */

#include "threads.h"

#include <sys/prctl.h>

#include "platform/refusal.h"
#include "platform/text.h"

#define PARK_SIGNAL 33
#define LOOK_AGAIN (2 * MILLISECOND)
#define LISTING_SIZE (1 << 15)

static const struct facts *known;
static struct signal_action others; /* the handler that was there before */
static _Atomic unsigned generation; /* parked threads wait while it stays */
/* How many have parked and were asked to. Only hints when to look again: what decides are the claims. */
static _Atomic unsigned parked_count, awaited;
/* Why one of the threads cannot be copied, and which. */
static const char *_Atomic problem;
static _Atomic int problem_thread;

static int list_threads(int folder, unsigned freeze);
static long ask(struct thread *thread, unsigned freeze);
static void give_up(unsigned freeze);

/* The handler; every signal is blocked in it. */
static void park(int number, siginfo_t *information, void *context)
{
    struct thread *thread = information->si_value.sival_ptr;
    unsigned freeze = information->si_uid;
    if (information->si_code == SI_TKILL) {
        /* A setuid() in another thread, just now: glibc waits for its handler to have run. */
        if ((unsigned long)others.handler > 1 && others.handler != park)
            others.handler(number, information, context);
        return;
    }
    if (information->si_code != SI_QUEUE || !is_slot(thread)) return;
    /* It may come late, from a freeze that was given up: then somebody else may have the slot. */
    if (thread->tid != call(gettid) || !advance(thread, freeze, ASKED, WRITING)) return;
    thread->frame = signal_frame(information, context);
    thread->pointer = thread_pointer();
    const char *wrong = note_state(&thread->state, known);
    if (wrong) {
        problem = wrong;
        problem_thread = thread->tid;
    }
    call(prctl, PR_GET_TID_ADDRESS, &thread->cleared);
    if (!advance(thread, freeze, WRITING, PARKED)) return;
    if (++parked_count >= awaited) wake_all(&parked_count);
    wait_for_release(freeze);
}

void wait_for_release(unsigned freeze)
{
    while (generation == freeze) wait_while(&generation, freeze, 0);
}

unsigned this_freeze(void)
{
    return generation;
}

/* All are parked when every thread that is listed had parked before the listing began: the others could not
 * have started one since. */
int park_all(int timeout_ms, const struct facts *facts)
{
    struct signal_action ours = {park, SA_SIGINFO | SA_RESTART | SA_ONSTACK | SA_RESTORER_FLAG, RESTORER, ALL_SIGNALS};
    long long deadline = now() + timeout_ms * MILLISECOND;
    long missing = 1, folder = call(openat, AT_FDCWD, "/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return refuse_error("the list of threads cannot be read", folder);
    known = facts;
    pyrepl3_stubborn = 0;
    problem = 0;
    parked_count = awaited = 0;
    unsigned freeze = ++generation, seen = 0;
    /* Read before ours is there: a setuid() may need it from the first moment on. */
    call(rt_sigaction, PARK_SIGNAL, 0, &others, 8);
    call(rt_sigaction, PARK_SIGNAL, &ours, 0, 8);
    while ((missing = list_threads((int)folder, freeze)) > 0 && now() < deadline) {
        /* Nobody has parked since the last look: a thread is just ending, or the queue of signals is full. */
        if (parked_count == seen && seen >= awaited) pause_for(LOOK_AGAIN / 10);
        while ((seen = parked_count) < awaited)
            if (wait_while(&parked_count, seen, LOOK_AGAIN) == -ETIMEDOUT) break;
    }
    call(close, folder);
    if (missing > 0) missing = refuse_unparked(freeze);
    if (missing == 0 && problem && !(missing = refuse_thread(problem_thread, problem)))
        missing = refuse("a thread has state that cannot be restored");
    if (missing == 0) missing = examine_parked(freeze);
    if (missing < 0) give_up(freeze);
    return (int)missing;
}

void release_all(void)
{
    /* Where there was no handler before, ours stays: a signal still queued would end the process, and ours ignores
     * it. */
    if ((unsigned long)others.handler > 1) call(rt_sigaction, PARK_SIGNAL, &others, 0, 8);
    generation++;
    wake_all(&generation);
}

/* Ask each thread that has not been asked; return how many had not parked before, -1 where no copy can be made. */
static int list_threads(int folder, unsigned freeze)
{
    static _Alignas(struct entry) char listing[LISTING_SIZE];
    int self = (int)call(gettid), missing = 0;
    long size;
    for (struct thread *thread = 0; (thread = next_slot(thread));) thread->was_parked = is_at(thread, freeze, PARKED);
    call(lseek, folder, 0, SEEK_SET);
    while ((size = call(getdents64, folder, listing, sizeof listing)) > 0)
        for (struct entry *entry = (void *)listing; (char *)entry < listing + size; entry = next_entry(entry)) {
            int tid = (int)number_in(entry->name, 10);
            if (tid == 0 || tid == self) continue;
            struct thread *thread = slot_for(tid, freeze);
            if (!thread) return refuse("there are more than 1000 threads");
            if (thread->was_parked) continue;
            missing++;
            long result = is_asked(thread, freeze) ? 0 : ask(thread, freeze);
            if (result < 0 && result != -EAGAIN && result != -ESRCH)
                return refuse_error("the system does not let threads be stopped", result);
        }
    return size < 0 ? refuse_error("the list of threads cannot be read", size) : missing;
}

static long ask(struct thread *thread, unsigned freeze)
{
    siginfo_t information = {0};
    information.si_signo = PARK_SIGNAL;
    information.si_code = SI_QUEUE;
    information.si_pid = (int)call(getpid);
    information.si_uid = freeze;
    information.si_value.sival_ptr = thread;
    set_stage(thread, freeze, ASKED);
    awaited++;
    long result = call(rt_tgsigqueueinfo, information.si_pid, thread->tid, PARK_SIGNAL, &information);
    if (result < 0) {
        set_stage(thread, freeze, FREE); /* It is asked again at the next listing. */
        awaited--;
    }
    return result;
}

static void give_up(unsigned freeze)
{
    for (struct thread *thread = 0; (thread = next_slot(thread));) advance(thread, freeze, ASKED, FREE);
    release_all();
}

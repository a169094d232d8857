/* A copy of the whole process, threads and all.
 *
 * Every other thread is parked in a signal handler, a raw clone() makes the copy, and the threads go on. The
 * copy sleeps as one kernel thread. Woken, it copies itself once more, makes a kernel thread for each parked
 * one, and they return from the same handler. Between the first parked thread and the release nothing here may
 * take a lock or allocate memory: a parked thread may hold any lock there is.
 */

#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/time.h>

#include "descriptors/descriptors.h"
#include "files/files.h"
#include "frozen/frozen.h"
#include "platform/endings.h"
#include "platform/export.h"
#include "platform/refusal.h"
#include "platform/text.h"
#include "threads.h"

#define TIMERS 3

/* What the kernel keeps for the main thread and a copy of memory lacks: noted before the copy, set again in a woken
 * one. */
static struct {
    struct itimerval timers[TIMERS];
    void *robust_list;
    unsigned long robust_size;
    int *cleared;
    int *tid;
} main_thread;

static int inspect_main_thread(const struct facts *facts);
static int unsuited(const char *clause);
static void note_timers(void);
static long copy(int control);
static void await_end(int reader);
static void become_process(void);
static void become_whole(void);

/* In a checkpoint writer its line to the host. */
EXPORT int pyrepl3_line = NO_LINE;

/* Return the copy's pid in the caller, 0 in a woken copy and in a checkpoint writer, REFUSED or UNSUITED where there
 * is none: then nothing has changed, and `pyrepl3_reason` tells why. The caller holds the GIL, and keeps it
 * throughout. */
EXPORT long pyrepl3_freeze(int control, int timeout_ms, const struct facts *facts)
{
    unsigned long all = ALL_SIGNALS, mask;
    long pid = inspect_main_thread(facts);
    if (pid < 0) return pid;
    find_running_loops(facts);
    call(rt_sigprocmask, SIG_SETMASK, &all, &mask, sizeof mask);
    pid = park_all(timeout_ms, facts);
    if (pid == 0) {
        pid = inspect_descriptors(control, facts) < 0 ? REFUSED : copy(control);
        release_all();
    }
    call(rt_sigprocmask, SIG_SETMASK, &mask, 0, sizeof mask);
    if (pid == 0 && pyrepl3_line != NO_LINE) leave_all_threads(facts);
    return pid;
}

static int inspect_main_thread(const struct facts *facts)
{
    int self = (int)call(getpid);
    if (facts->size != sizeof *facts) return unsuited("the native part is of another version: run `npm run setup`");
    if (call(gettid) != self) return refuse("it can be done by the main thread only");
    /* CLONE_PARENT makes the copy a child of our parent, and the first process has none. */
    if (self == 1) return refuse("it is the first process of its container");
    if (has_shadow_stack()) return unsuited("shadow stacks are in use");
    if (call(prctl, PR_GET_TID_ADDRESS, &main_thread.cleared) < 0)
        return unsuited("the kernel does not tell where thread ids are");
    /* Up to glibc 2.42 the word that the kernel clears is the thread's id; since then it is another one. */
    main_thread.tid = *main_thread.cleared == self ? main_thread.cleared : facts->main_tid;
    if (!main_thread.tid || *main_thread.tid != self) return unsuited("this C library is unknown");
    return 0;
}

static int unsuited(const char *clause)
{
    refuse(clause);
    return UNSUITED;
}

/* A timer that has expired, and whose signal waits, is set to expire at once: the copy does not get waiting signals. */
static void note_timers(void)
{
    static const int SIGNALS[TIMERS] = {SIGALRM, SIGVTALRM, SIGPROF};
    unsigned long pending = 0;
    for (int i = 0; i < TIMERS; i++) call(getitimer, i, &main_thread.timers[i]);
    call(rt_sigpending, &pending, sizeof pending);
    for (int i = 0; i < TIMERS; i++)
        if (pending >> (SIGNALS[i] - 1) & 1) main_thread.timers[i].it_value = (struct timeval){0, 1};
}

static long copy(int control)
{
    note_timers();
    call(get_robust_list, 0, &main_thread.robust_list, &main_thread.robust_size);
    int ends[2] = {-1, -1};
    if (has_suspended() && call(pipe2, ends, O_CLOEXEC) < 0) return refuse("no descriptor is left to work with");
    long pid = clone_process(CLONE_PARENT | CLONE_CHILD_CLEARTID, main_thread.cleared);
    if (pid == 0) {
        call(close, ends[0]);
        fall_asleep();
        call(close, ends[1]);
        int line = sleep_until_woken(control, main_thread.cleared);
        become_process();
        if (line == NO_LINE) become_whole();
        else pyrepl3_line = leave_all_descriptors(line);
        return 0;
    }
    call(close, ends[1]);
    if (pid > 0 && ends[0] >= 0) await_end(ends[0]);
    call(close, ends[0]);
    if (pid == -EAGAIN) return refuse("the system allows no more processes");
    if (pid == -ENOMEM) return refuse("there is not enough memory for a copy");
    if (pid < 0) return refuse_error("the system does not copy the process", pid);
    return pid;
}

/* Wait until the copy has closed everything: the next thing that the live process does may be to close a file and
 * lock it again, or to open its server once more. */
static void await_end(int reader)
{
    struct pollfd end = {reader, POLLIN, 0};
    struct timespec bound = {1, 0};
    call(ppoll, &end, 1, &bound, 0, 8);
}

static void become_process(void)
{
    *main_thread.tid = (int)call(getpid);
    if (main_thread.robust_list) call(set_robust_list, main_thread.robust_list, main_thread.robust_size);
}

/* In a woken copy, once Python has said what to leave out: lead the files back that were led aside. A thread that is
 * in the middle of a write is let come to its end first; one that does not stop is not waited for. */
EXPORT void pyrepl3_put_files_back(int timeout_ms, const struct facts *facts)
{
    unsigned long all = ALL_SIGNALS, mask;
    call(rt_sigprocmask, SIG_SETMASK, &all, &mask, sizeof mask);
    int parked = park_all(timeout_ms, facts);
    put_files_back();
    if (parked == 0) release_all();
    call(rt_sigprocmask, SIG_SETMASK, &mask, 0, sizeof mask);
}

/* In a woken copy. It either becomes whole here or ends. */
static void become_whole(void)
{
    if (resume_descriptors() < 0) end_process(WAKE_DESCRIPTOR);
    if (add_watches() < 0) end_process(WAKE_WATCH);
    correct_running_loops();
    lead_files_aside();
    revive_all();
    for (int i = 0; i < TIMERS; i++)
        if (main_thread.timers[i].it_value.tv_sec || main_thread.timers[i].it_value.tv_usec)
            call(setitimer, i, &main_thread.timers[i], 0);
}

/* What is to be known of threads that are parked, and of those that are not. */

#include "threads.h"

#include "platform/export.h"
#include "platform/refusal.h"
#include "platform/text.h"

#define STATUS_SIZE (1 << 13)

EXPORT int pyrepl3_stubborn; /* the thread that a refusal is about, so that Python can name it */

static int check_status(int tid, unsigned long *pending);

/* Now that nobody can send more: what is still on its way to a single thread, and who traces us. */
int examine_parked(unsigned freeze)
{
    unsigned long of_main;
    if (check_status((int)call(gettid), &of_main) < 0) return -1;
    for (struct thread *thread = 0; (thread = next_parked(freeze, thread));)
        if (check_status(thread->tid, &thread->pending) < 0) return -1;
    return 0;
}

static int check_status(int tid, unsigned long *pending)
{
    static char status[STATUS_SIZE];
    char path[PATH_SIZE];
    long size = read_file(path_with(path, "/proc/self/task/", tid, "/status"), status, sizeof status);
    if (size < 0) return refuse_error("the state of a thread cannot be read", size);
    if (!find(status, "SigPnd:") || !find(status, "TracerPid:")) return refuse("the state of a thread is unknown");
    if (field(status, "TracerPid:", 10)) return refuse("a debugger is attached");
    *pending = field(status, "SigPnd:", 16);
    return 0;
}

/* Say which thread does not stop: in `vfork`, in a driver, or with every signal blocked by a raw call. */
int refuse_unparked(unsigned freeze)
{
    for (struct thread *thread = 0; (thread = next_slot(thread));)
        if (is_at(thread, freeze, ASKED) && refuse_thread(thread->tid, "does not stop")) return REFUSED;
    return refuse("threads start and end too fast, or the system takes no more signals");
}

/* Return 0 where the thread has ended in the meantime. */
int refuse_thread(int tid, const char *clause)
{
    char path[PATH_SIZE], name[32], text[64];
    long size = read_file(path_with(path, "/proc/self/task/", tid, "/comm"), name, sizeof name);
    if (size <= 0) return 0;
    name[size - 1] = 0; /* A line feed. */
    append(append(text, text + sizeof text, "\" "), text + sizeof text, clause);
    pyrepl3_stubborn = tid;
    return refuse_with("thread \"", name, text);
}

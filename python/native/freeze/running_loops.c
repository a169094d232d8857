/* asyncio up to Python 3.11 notes the pid beside each thread's running loop, and takes the loop of a process
 * with another pid for none. Only C can change that pid, and it must be right before any thread runs. */

#include "platform/text.h"
#include "threads.h"

#define MOST_LOOPS 64
#define KEY "__asyncio_running_event_loop__"

/* The objects of a CPython without debugging aids, as they were from 3.8 to 3.11. */
struct type { long references; void *type; long size; const char *name; long basic_size; };
struct holder { long references; struct type *type; void *loop; int pid; };

static int *pids[MOST_LOOPS];
static int count;

static int is_holder(const struct holder *holder);

/* Before anything is parked, as this may allocate; the GIL keeps them where they are. */
void find_running_loops(const struct facts *facts)
{
    count = 0;
    if (!facts->dictionary_offset || !facts->item) return;
    for (char *state = facts->first_state(facts->interpreter); state; state = facts->next_state(state)) {
        void *dictionary = *(void **)(state + facts->dictionary_offset);
        struct holder *holder = dictionary ? facts->item(dictionary, KEY) : 0;
        if (is_holder(holder) && count < MOST_LOOPS) pids[count++] = &holder->pid;
    }
}

void correct_running_loops(void)
{
    for (int i = 0; i < count; i++) *pids[i] = (int)call(getpid);
}

static int is_holder(const struct holder *holder)
{
    return holder && holder->type->basic_size == sizeof *holder && find(holder->type->name, "RunningLoopHolder") &&
           holder->pid == call(getpid);
}

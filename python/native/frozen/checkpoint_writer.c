/* The checkpoint writer: a copy of the frozen state that writes a checkpoint while the live process goes on. It has
 * the memory of the session and nothing else: no threads, no socket, no pipe, no terminal, and files for reading
 * only. */

#include "frozen.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "files/files.h"
#include "platform/endings.h"
#include "platform/export.h"
#include "platform/text.h"

#define LISTING_SIZE (1 << 14)
#define FIRST_OF_OURS 100
#define STANDARD 3
#define MEMORY_DEVICES 1 /* /dev/null and its like */

static void leave(int number, int null);
static int is_harmless(const struct stat *status);
static int keep_above(int number, int least);
static void keep_of_each(const struct facts *facts, long offset);

/* Before any code of Python's, which may finalise what speaks through a socket or writes to a file. */
int leave_all_descriptors(int line)
{
    static _Alignas(struct entry) char listing[LISTING_SIZE];
    line = keep_above(line, FIRST_OF_OURS);
    int null = keep_above((int)call(openat, AT_FDCWD, "/dev/null", O_RDWR | O_CLOEXEC), STANDARD);
    long size, folder = call(openat, AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (line < 0 || null < 0 || folder < 0) end_process(WRITER_DESCRIPTOR);
    while ((size = call(getdents64, folder, listing, sizeof listing)) > 0)
        for (struct entry *entry = (void *)listing; (char *)entry < listing + size; entry = next_entry(entry)) {
            int number = (int)number_in(entry->name, 10);
            if (*entry->name != '.' && number != line && number != null && number != folder) leave(number, null);
        }
    call(close, folder);
    resume_mappings(MAP_PRIVATE);
    /* What the checkpoint writer opens must not get these numbers, to which C code writes. */
    for (int number = 0; number < STANDARD; number++) call(dup3, null, number, 0);
    call(close, null);
    return line;
}

static void leave(int number, int null)
{
    struct stat status;
    struct descriptor *known = descriptor_with(number);
    int is_file = known && known->kind == &file_kind && !S_ISCHR(known->mode);
    if (!known && (call(fstat, number, &status) < 0 || is_harmless(&status) || call(fcntl, number, F_GETFL) & O_PATH))
        return;
    long again = is_file ? reopen_to_read(known) : -1;
    if (call(dup3, again < 0 ? null : again, number, O_CLOEXEC) < 0) call(close, number);
    if (again >= 0) call(close, again);
}

static int is_harmless(const struct stat *status)
{
    return S_ISDIR(status->st_mode) || S_ISLNK(status->st_mode) ||
           (S_ISCHR(status->st_mode) && major(status->st_rdev) == MEMORY_DEVICES);
}

/* Return the file under a number that is no less, -1 where that cannot be. */
static int keep_above(int number, int least)
{
    if (number < 0 || number >= least) return number;
    long moved = call(fcntl, number, F_DUPFD_CLOEXEC, least);
    call(close, number);
    return moved < 0 ? -1 : (int)moved;
}

/* As after a fork: Python gets a new lock for its interpreter, which one of the threads that are not here may hold,
 * or be waited for to take. Beside sub-interpreters Python does not survive that (python/cpython#139759); this thread
 * has the interpreter's lock, and goes on with it as it is. */
void leave_all_threads(const struct facts *facts)
{
    if (facts->next_interpreter(facts->first_interpreter())) return;
    /* What they keep to themselves would be finalised with them: a temporary file removed, a database closed. */
    keep_of_each(facts, facts->dictionary_offset);
    keep_of_each(facts, facts->sentinel_offset);
    facts->after_fork();
}

/* Let an object live on that each thread's state has at this place. */
static void keep_of_each(const struct facts *facts, long offset)
{
    if (!offset) return;
    for (char *state = facts->first_state(facts->interpreter); state; state = facts->next_state(state)) {
        void *object = *(void **)(state + offset);
        if (object) facts->keep(object);
    }
}

/* Every descriptor that is not simply shared, in turn: inspected at the freeze, suspended in the copy, resumed when
 * that is woken. */

#include "descriptors.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include "files/files.h"
#include "kinds.h"
#include "platform/refusal.h"
#include "platform/text.h"
#include "sockets/sockets.h"
#include "table/losses.h"

#define LISTING_SIZE (1 << 14)
#define MOST_OWN 32

/* The files that are the session's, whatever their number. */
static struct { unsigned long device, inode; } own[MOST_OWN];
static int owned;

static void note_own(const struct facts *facts);
static int is_own(const struct facts *facts, int number);
static int inspect(int number);
static int leave_spare(void);

/* In the live process, with all threads parked. What cannot be seen whole is refused, never cut short. */
int inspect_descriptors(int control, const struct facts *facts)
{
    static _Alignas(struct entry) char listing[LISTING_SIZE];
    long size = 0, folder = call(openat, AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int refused = folder < 0;
    forget_descriptors();
    forget_bytes();
    forget_locks();
    forget_sockets();
    know_displays(facts->displays, facts->buses);
    note_own(facts);
    while (!refused && (size = call(getdents64, folder, listing, sizeof listing)) > 0)
        for (struct entry *entry = (void *)listing; !refused && (char *)entry < listing + size;
             entry = next_entry(entry)) {
            int number = (int)number_in(entry->name, 10);
            if (*entry->name != '.' && number != control && number != folder && !is_own(facts, number))
                refused = inspect(number) < 0;
        }
    if (folder >= 0) call(close, folder);
    if (folder < 0) size = folder;
    if (size < 0) return refuse_error("the list of descriptors cannot be read", size);
    if (refused || pair_pipes() < 0 || pair_sockets() < 0 || inspect_databases() < 0) return -1;
    return leave_spare();
}

static void note_own(const struct facts *facts)
{
    struct stat status;
    owned = 0;
    for (int i = 0; i < facts->own_count && owned < MOST_OWN; i++) {
        if (call(fstat, facts->own[i], &status) < 0 || !(status.st_mode & S_IFMT)) continue;
        own[owned].device = status.st_dev;
        own[owned++].inode = status.st_ino;
    }
}

static int is_own(const struct facts *facts, int number)
{
    for (int i = 0; i < facts->own_count; i++)
        if (facts->own[i] == number) return 1;
    return 0;
}

int has_suspended(void)
{
    return next_descriptor(0) != 0;
}

/* In the copy, as it falls asleep. */
int suspend_descriptors(void)
{
    for (struct descriptor *each = 0; (each = next_descriptor(each));)
        if (each->kind->suspend(each) < 0) return -1;
    suspend_mappings();
    return 0;
}

/* In the woken copy, before its threads. */
int resume_descriptors(void)
{
    forget_losses();
    for (struct descriptor *each = 0; (each = next_descriptor(each));)
        if (each->same == each && each->kind->resume(each) < 0) return -1;
    for (struct descriptor *each = 0; (each = next_descriptor(each));)
        if (each->same != each && install(call(dup, each->same->number), each) < 0) return -1;
    /* Locks come last: closing any descriptor of a file gives up the locks that the process has of it. */
    if (resume_mappings(MAP_SHARED) < 0) return -1;
    check_changed_files();
    return 0;
}

static int inspect(int number)
{
    struct descriptor *descriptor = new_descriptor();
    struct stat status;
    long result = call(fstat, number, &status), flags = call(fcntl, number, F_GETFL);
    if (result < 0 || flags < 0) return refuse_error("a descriptor cannot be examined", result < 0 ? result : flags);
    for (int i = 0; i < owned; i++)
        if (own[i].device == status.st_dev && own[i].inode == status.st_ino) return 0;
    if (flags & O_PATH) return 0;
    if (!descriptor) return refuse("more than 65,536 files, pipes and sockets are open");
    *descriptor = (struct descriptor){
        .number = number,
        .status = (int)flags,
        .is_closed_on_exec = (int)call(fcntl, number, F_GETFD) & FD_CLOEXEC,
        .mode = status.st_mode,
        .device = status.st_dev,
        .inode = status.st_ino,
        .same = descriptor,
    };
    int found = classify(descriptor, &status);
    if (found <= 0) return found;
    found = descriptor->kind->inspect(descriptor);
    if (found <= 0) return found;
    struct descriptor *root = add_descriptor(descriptor);
    /* A pipe's end is reopened by its name, so that each may well have its own. */
    if (root != descriptor && descriptor->kind != &pipe_kind) descriptor->same = first_of_file(descriptor, root);
    return 0;
}

/* Sleep and wake need two numbers for a moment, and each number must be one that can be set. */
static int leave_spare(void)
{
    int ends[2];
    struct rlimit limit;
    long result = call(pipe2, ends, O_CLOEXEC);
    if (result < 0) return refuse_error("no descriptor is left to work with", result);
    call(close, ends[0]);
    call(close, ends[1]);
    call(prlimit64, 0, RLIMIT_NOFILE, 0, &limit);
    for (struct descriptor *each = 0; (each = next_descriptor(each));)
        if ((unsigned long)each->number >= limit.rlim_cur)
            return refuse("a descriptor has a number above the limit that was set since");
    return 0;
}

/* The table of the descriptors that are not simply shared, filled at the freeze and worked off at sleep and wake. */

#include "table/descriptors.h"

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sysmacros.h>
#include <termios.h>

#include "table/losses.h"
#include "platform/refusal.h"
#include "sockets/sockets.h"
#include "platform/text.h"
#include "freeze/threads.h"

#define MOST_DESCRIPTORS (1 << 16)
#define LINK_ROOM 64
#define LISTING_ROOM (1 << 14)
#define DETAILS_ROOM (1 << 20)
#define MOST_OWN 32
#define MEMORY_DEVICES 1 /* /dev/null and its like */
#define TERMINALS 5
#define NEW_TERMINAL 2 /* /dev/ptmx */

#define PLACES (2 * MOST_DESCRIPTORS)

static struct descriptor descriptors[MOST_DESCRIPTORS];
static int used;
/* Where they are, by inode: a server may have thousands. */
static struct descriptor *by_inode[PLACES];
/* The files that are the session's, whatever their number. */
static struct { unsigned long device, inode; } own[MOST_OWN];
static int owned;
static unsigned long socket_device; /* all sockets are of one */

static void look_at_own(const struct given *given);
static int is_own(const struct given *given, int number);
static int look_at(int number);
static int classify(struct descriptor *descriptor, const struct stat *status);
static int classify_device(struct descriptor *descriptor, const struct stat *status);
static int classify_by_name(struct descriptor *descriptor);
static struct descriptor *root_of(struct descriptor *descriptor);
static unsigned place_of(unsigned long device, unsigned long inode);
static int is_taken(unsigned place);
static int leave_spare(void);

/* In the live process, with all threads parked. What cannot be seen whole is refused, never cut short. */
int look_at_descriptors(int control, const struct given *given)
{
    static _Alignas(struct entry) char listing[LISTING_ROOM];
    long size = 0, folder = call(openat, AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int refused = folder < 0;
    used = 0;
    forget_bytes();
    forget_locks();
    forget_sockets();
    look_at_own(given);
    while (!refused && (size = call(getdents64, folder, listing, sizeof listing)) > 0)
        for (struct entry *entry = (void *)listing; !refused && (char *)entry < listing + size;
             entry = next_entry(entry)) {
            int number = (int)number_in(entry->name, 10);
            if (*entry->name != '.' && number != control && number != folder && !is_own(given, number))
                refused = look_at(number) < 0;
        }
    if (folder >= 0) call(close, folder);
    if (folder < 0 || size < 0) return refuse_error("the list of descriptors cannot be read", folder < 0 ? folder : size);
    if (refused || pair_pipes() < 0 || pair_sockets() < 0 || refuse_databases() < 0) return -1;
    return leave_spare();
}

static void look_at_own(const struct given *given)
{
    struct stat status;
    owned = 0;
    for (int i = 0; i < given->own_count && owned < MOST_OWN; i++) {
        if (call(fstat, given->own[i], &status) < 0 || !(status.st_mode & S_IFMT)) continue;
        own[owned].device = status.st_dev;
        own[owned++].inode = status.st_ino;
    }
}

static int is_own(const struct given *given, int number)
{
    for (int i = 0; i < given->own_count; i++)
        if (given->own[i] == number) return 1;
    return 0;
}

int has_put_away(void)
{
    return used > 0;
}

/* In the copy, as it falls asleep. */
int put_away_descriptors(void)
{
    for (struct descriptor *each = descriptors; each < descriptors + used; each++)
        if (each->kind->put_away(each) < 0) return -1;
    put_away_mappings();
    return 0;
}

/* In the woken copy, before its threads. */
int bring_back_descriptors(void)
{
    forget_losses();
    for (struct descriptor *each = descriptors; each < descriptors + used; each++)
        if (each->same == each && each->kind->bring_back(each) < 0) return -1;
    for (struct descriptor *each = descriptors; each < descriptors + used; each++)
        if (each->same != each && put(call(dup, each->same->number), each) < 0) return -1;
    /* Locks come last: closing any descriptor of a file lets go of those that the process has of it. */
    if (bring_back_mappings(MAP_SHARED) < 0) return -1;
    settle_files();
    return 0;
}

struct descriptor *next_of(const struct kind *kind, struct descriptor *before)
{
    for (struct descriptor *each = before ? before + 1 : descriptors; each < descriptors + used; each++)
        if (each->kind == kind) return each;
    return 0;
}

int put(long file, const struct descriptor *descriptor)
{
    if (file < 0) return -1;
    long result = call(dup3, file, descriptor->number, descriptor->is_closed_on_exec ? O_CLOEXEC : 0);
    call(close, file);
    return result < 0 ? -1 : 0;
}

int put_same(const struct descriptor *first)
{
    for (struct descriptor *each = descriptors; each < descriptors + used; each++)
        if (each->same == first && each != first && put(call(dup, first->number), each) < 0) return -1;
    return 0;
}

long reopen(int number, int flags)
{
    char path[PATH_ROOM];
    return call(openat, AT_FDCWD, path_with(path, "/proc/self/fd/", number, ""), flags | O_CLOEXEC);
}

/* `open_tree` does it without a walk through /proc, five times as fast; filters may forbid it. */
long refer_to(int number)
{
    long reference = call(open_tree, number, "", AT_EMPTY_PATH | O_CLOEXEC);
    return reference < 0 ? reopen(number, O_PATH) : reference;
}

int hold_number(struct descriptor *descriptor)
{
    return put(call(openat, AT_FDCWD, "/", O_PATH | O_CLOEXEC), descriptor);
}

const char *descriptor_details(int number)
{
    static char details[DETAILS_ROOM];
    char path[PATH_ROOM];
    long size = read_file(path_with(path, "/proc/self/fdinfo/", number, ""), details, sizeof details);
    if (size >= 0) return details;
    refuse_error(size == -E2BIG ? "an epoll set is too large" : "a descriptor cannot be examined", size);
    return 0;
}

static int look_at(int number)
{
    struct descriptor *descriptor = &descriptors[used];
    struct stat status;
    long result = call(fstat, number, &status), flags = call(fcntl, number, F_GETFL);
    if (result < 0 || flags < 0) return refuse_error("a descriptor cannot be examined", result < 0 ? result : flags);
    for (int i = 0; i < owned; i++)
        if (own[i].device == status.st_dev && own[i].inode == status.st_ino) return 0;
    if (flags & O_PATH) return 0;
    if (used == MOST_DESCRIPTORS) return refuse("more than 65,536 files, pipes and sockets are open");
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
    found = descriptor->kind->look(descriptor);
    if (found <= 0) return found;
    used++;
    struct descriptor *root = root_of(descriptor);
    /* A pipe's end is opened anew by its name, so that each may well have its own. */
    if (root != descriptor && descriptor->kind != &pipe_end) descriptor->same = first_of_file(descriptor, root);
    return 0;
}

/* Return 0 where the descriptor may stay shared, and -1 where no copy may be made beside it. */
static int classify(struct descriptor *descriptor, const struct stat *status)
{
    switch (status->st_mode & S_IFMT) {
    case S_IFREG:
        descriptor->file.size = status->st_size;
        descriptor->file.links = (long)status->st_nlink;
        descriptor->file.modified = status->st_mtim; /* fall through */
    case S_IFDIR:
    case S_IFBLK: descriptor->kind = &file; return 1;
    case S_IFSOCK:
        socket_device = status->st_dev;
        descriptor->kind = &any_socket;
        return 1;
    case S_IFCHR: return classify_device(descriptor, status);
    default: return classify_by_name(descriptor);
    }
}

static int classify_device(struct descriptor *descriptor, const struct stat *status)
{
    int leader = 0, is_terminal = call(ioctl, descriptor->number, TIOCGSID, &leader) == 0;
    descriptor->kind = &file;
    if (classify_by_name(descriptor) < 0) return -1;
    if (major(status->st_rdev) == TERMINALS && minor(status->st_rdev) == NEW_TERMINAL) {
        descriptor->kind = &terminal_master;
        return 1;
    }
    /* The session's own terminal stays; another that is made anew would be a third. */
    if (is_terminal && leader == call(getsid, 0)) return 0;
    return major(status->st_rdev) != MEMORY_DEVICES;
}

static int classify_by_name(struct descriptor *descriptor)
{
    static const struct { const char *name; const struct kind *kind; } KINDS[] = {
        {"pipe:[", &pipe_end},
        {"anon_inode:[eventfd]", &counter},
        {"anon_inode:[timerfd]", &timer},
        {"anon_inode:[eventpoll]", &watch_set},
        {"anon_inode:[signalfd]", &signals},
        {"anon_inode:[pidfd]", &process},
        {"pidfd:[", &process},
        {"anon_inode:inotify", &file_watch},
    };
    static const struct { const char *name, *what; } FATAL[] = {
        {"anon_inode:[io_uring]", "io_uring"},
        {"/dev/nvidia", "an NVIDIA device"},
        {"/dev/kfd", "an AMD device"},
        {"/dev/infiniband", "InfiniBand"},
        {"/dev/dri/", "a graphics device"},
    };
    char path[PATH_ROOM], name[LINK_ROOM];
    path_with(path, "/proc/self/fd/", descriptor->number, "");
    long size = call(readlinkat, AT_FDCWD, path, name, LINK_ROOM - 1);
    if (size < 0) return refuse_error("a descriptor cannot be examined", size);
    name[size] = 0;
    for (unsigned i = 0; i < sizeof FATAL / sizeof *FATAL; i++)
        if (starts_with(name, FATAL[i].name)) return refuse_with("", FATAL[i].what, " is in use");
    if ((descriptor->mode & S_IFMT) == S_IFIFO) descriptor->kind = &fifo;
    for (unsigned i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (starts_with(name, KINDS[i].name)) descriptor->kind = KINDS[i].kind;
    return descriptor->kind != 0;
}

struct descriptor *socket_with(unsigned long inode)
{
    unsigned place = place_of(socket_device, inode);
    return is_taken(place) ? by_inode[place] : 0;
}

struct descriptor *descriptor_with(int number)
{
    for (struct descriptor *each = descriptors; each < descriptors + used; each++)
        if (each->number == number) return each;
    return 0;
}

struct descriptor *file_with(unsigned long inode)
{
    for (struct descriptor *each = 0; (each = next_of(&file, each));)
        if (each->inode == inode) return each;
    return 0;
}

/* Return the first descriptor that has this one's inode; itself where it is that. */
static struct descriptor *root_of(struct descriptor *descriptor)
{
    unsigned place = place_of(descriptor->device, descriptor->inode);
    if (is_taken(place)) return by_inode[place];
    by_inode[place] = descriptor;
    descriptor->place = place + 1;
    return descriptor;
}

/* Return the place of this inode, or the free one where it would be put. */
static unsigned place_of(unsigned long device, unsigned long inode)
{
    unsigned place = (unsigned)inode % PLACES;
    while (is_taken(place) && (by_inode[place]->inode != inode || by_inode[place]->device != device))
        place = (place + 1) % PLACES;
    return place;
}

/* What an earlier freeze has left is not wiped: it shows in that its descriptor does not know the place. */
static int is_taken(unsigned place)
{
    struct descriptor *descriptor = by_inode[place];
    return descriptor && descriptor < descriptors + used && descriptor->place == place + 1;
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
    for (struct descriptor *each = descriptors; each < descriptors + used; each++)
        if ((unsigned long)each->number >= limit.rlim_cur)
            return refuse("a descriptor has a number above the limit that was set since");
    return 0;
}

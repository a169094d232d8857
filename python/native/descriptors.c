/* The table of the descriptors that are not simply shared, filled at the freeze and worked off at sleep and wake. */

#include "descriptors.h"

#include <linux/kcmp.h>
#include <sys/resource.h>

#include "refusal.h"
#include "text.h"

#define MOST_DESCRIPTORS 4096
#define LINK_ROOM 64
#define LISTING_ROOM (1 << 14)
#define DETAILS_ROOM (1 << 20)

#define PLACES (2 * MOST_DESCRIPTORS)

static struct descriptor descriptors[MOST_DESCRIPTORS];
static int used;
/* Where the sockets are, by inode: a server may have thousands. */
static struct descriptor *by_inode[PLACES];

static int look_at(int number);
static int classify(struct descriptor *descriptor, const char *link);
static struct descriptor *first_of_file(struct descriptor *descriptor);
static unsigned place_of(unsigned long inode);
static int is_taken(unsigned place);
static int leave_spare(void);

/* In the live process, with all threads parked. What cannot be seen whole is refused, never cut short. */
int look_at_descriptors(int control)
{
    static _Alignas(struct entry) char listing[LISTING_ROOM];
    long size = 0, folder = call(openat, AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int refused = folder < 0;
    used = 0;
    forget_bytes();
    forget_files();
    while (!refused && (size = call(getdents64, folder, listing, sizeof listing)) > 0)
        for (struct entry *entry = (void *)listing; !refused && (char *)entry < listing + size;
             entry = next_entry(entry)) {
            int number = (int)number_in(entry->name, 10);
            if (*entry->name != '.' && number != control && number != folder) refused = look_at(number) < 0;
        }
    if (folder >= 0) call(close, folder);
    if (folder < 0 || size < 0) return refuse_error("the list of descriptors cannot be read", folder < 0 ? folder : size);
    if (refused || pair_pipes() < 0 || pair_sockets() < 0) return -1;
    return leave_spare();
}

/* In the copy, as it falls asleep. */
int put_away_descriptors(void)
{
    for (struct descriptor *each = descriptors; each < descriptors + used; each++)
        if (each->kind->put_away && each->kind->put_away(each) < 0) return -1;
    return 0;
}

/* In the woken copy, before its threads. */
int bring_back_descriptors(void)
{
    forget_lost_listeners();
    for (struct descriptor *each = descriptors; each < descriptors + used; each++)
        if (each->same == each && each->kind->bring_back(each) < 0) return -1;
    for (struct descriptor *each = descriptors; each < descriptors + used; each++)
        if (each->same != each && put(call(dup, each->same->number), each) < 0) return -1;
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
    char path[PATH_ROOM], link[LINK_ROOM];
    long size = call(readlinkat, AT_FDCWD, path_with(path, "/proc/self/fd/", number, ""), link, LINK_ROOM - 1);
    if (size < 0) return refuse_error("a descriptor cannot be examined", size);
    link[size] = 0;
    if (used == MOST_DESCRIPTORS) return refuse("too many pipes and sockets are open");
    *descriptor = (struct descriptor){.number = number, .same = descriptor};
    int found = classify(descriptor, link);
    if (found == 0 && *link == '/') note_file(number);
    if (found <= 0) return found;
    descriptor->status = (int)call(fcntl, number, F_GETFL);
    descriptor->is_closed_on_exec = (int)call(fcntl, number, F_GETFD) & FD_CLOEXEC;
    found = descriptor->kind->look(descriptor);
    if (found <= 0) return found;
    used++;
    descriptor->same = first_of_file(descriptor);
    return 0;
}

/* Return 0 where the descriptor may stay shared, and -1 where no copy may be made beside it. */
static int classify(struct descriptor *descriptor, const char *link)
{
    static const struct { const char *link; const struct kind *kind; } KINDS[] = {
        {"pipe:[", &pipe_end},
        {"socket:[", &listener},
        {"anon_inode:[eventfd]", &counter},
        {"anon_inode:[timerfd]", &timer},
        {"anon_inode:[eventpoll]", &watch_set},
    };
    static const struct { const char *link, *name; } FATAL[] = {
        {"anon_inode:[io_uring]", "io_uring"},
        {"/dev/nvidia", "an NVIDIA device"},
        {"/dev/kfd", "an AMD device"},
        {"/dev/infiniband", "InfiniBand"},
    };
    for (unsigned i = 0; i < sizeof FATAL / sizeof *FATAL; i++)
        if (starts_with(link, FATAL[i].link)) return refuse_with("", FATAL[i].name, " is in use");
    for (unsigned i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (starts_with(link, KINDS[i].link)) {
            descriptor->kind = KINDS[i].kind;
            descriptor->inode = field(link, ":[", 10);
            return 1;
        }
    return 0;
}

/* Descriptors made by `dup` are one file, with one position and one set of flags. */
static struct descriptor *first_of_file(struct descriptor *descriptor)
{
    long self = call(getpid);
    /* A pipe's end is opened anew by its name, so that each may well have its own. */
    if (descriptor->kind == &pipe_end) return descriptor;
    if (descriptor->inode) {
        unsigned place = place_of(descriptor->inode);
        if (is_taken(place)) return by_inode[place];
        by_inode[place] = descriptor;
        descriptor->place = place + 1;
        return descriptor;
    }
    for (struct descriptor *each = descriptors; each < descriptor; each++) {
        if (each->kind != descriptor->kind) continue;
        int is_same = descriptor->kind == &counter && descriptor->counter.id
                        ? each->counter.id == descriptor->counter.id
                        : call(kcmp, self, self, KCMP_FILE, each->number, descriptor->number) == 0;
        if (is_same) return each->same;
    }
    return descriptor;
}

struct descriptor *socket_with(unsigned long inode)
{
    unsigned place = place_of(inode);
    return is_taken(place) ? by_inode[place] : 0;
}

/* Return the place of this inode, or the free one where it would be put. */
static unsigned place_of(unsigned long inode)
{
    unsigned place = (unsigned)inode % PLACES;
    while (is_taken(place) && by_inode[place]->inode != inode) place = (place + 1) % PLACES;
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

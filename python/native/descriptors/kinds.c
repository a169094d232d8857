/* Which kind a descriptor is of. */

#include "kinds.h"

#include <sys/ioctl.h>
#include <sys/sysmacros.h>
#include <termios.h>

#include "descriptors.h"
#include "files/files.h"
#include "platform/refusal.h"
#include "platform/text.h"
#include "sockets/sockets.h"

#define LINK_SIZE 64
#define MEMORY_DEVICES 1 /* /dev/null and its like */
#define TERMINALS 5
#define NEW_TERMINAL 2 /* /dev/ptmx */

static int classify_device(struct descriptor *descriptor, const struct stat *status);
static int classify_by_name(struct descriptor *descriptor);

int classify(struct descriptor *descriptor, const struct stat *status)
{
    switch (status->st_mode & S_IFMT) {
    case S_IFREG:
        descriptor->file.size = status->st_size;
        descriptor->file.links = (long)status->st_nlink;
        descriptor->file.modified = status->st_mtim; /* fall through */
    case S_IFDIR:
    case S_IFBLK: descriptor->kind = &file_kind; return 1;
    case S_IFSOCK: descriptor->kind = &socket_kind; return 1;
    case S_IFCHR: return classify_device(descriptor, status);
    default: return classify_by_name(descriptor);
    }
}

static int classify_device(struct descriptor *descriptor, const struct stat *status)
{
    int leader = 0, is_terminal = call(ioctl, descriptor->number, TIOCGSID, &leader) == 0;
    descriptor->kind = &file_kind;
    if (classify_by_name(descriptor) < 0) return -1;
    if (major(status->st_rdev) == TERMINALS && minor(status->st_rdev) == NEW_TERMINAL) {
        descriptor->kind = &terminal_kind;
        return 1;
    }
    /* The session's own terminal stays; another that is recreated would be a third. */
    if (is_terminal && leader == call(getsid, 0)) return 0;
    return major(status->st_rdev) != MEMORY_DEVICES;
}

static int classify_by_name(struct descriptor *descriptor)
{
    static const struct { const char *name; const struct kind *kind; } KINDS[] = {
        {"pipe:[", &pipe_kind},
        {"anon_inode:[eventfd]", &counter_kind},
        {"anon_inode:[timerfd]", &timer_kind},
        {"anon_inode:[eventpoll]", &watch_set_kind},
        {"anon_inode:[signalfd]", &signals_kind},
        {"anon_inode:[pidfd]", &process_kind},
        {"pidfd:[", &process_kind},
        {"anon_inode:inotify", &file_watch_kind},
    };
    static const struct { const char *name, *what; } FATAL[] = {
        {"anon_inode:[io_uring]", "io_uring"},
        {"/dev/nvidia", "an NVIDIA device"},
        {"/dev/kfd", "an AMD device"},
        {"/dev/infiniband", "InfiniBand"},
        {"/dev/dri/", "a graphics device"},
    };
    char path[PATH_SIZE], name[LINK_SIZE];
    path_with(path, "/proc/self/fd/", descriptor->number, "");
    long size = call(readlinkat, AT_FDCWD, path, name, LINK_SIZE - 1);
    if (size < 0) return refuse_error("a descriptor cannot be examined", size);
    name[size] = 0;
    for (unsigned i = 0; i < sizeof FATAL / sizeof *FATAL; i++)
        if (starts_with(name, FATAL[i].name)) return refuse_with("", FATAL[i].what, " is in use");
    if ((descriptor->mode & S_IFMT) == S_IFIFO) descriptor->kind = &fifo_kind;
    for (unsigned i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (starts_with(name, KINDS[i].name)) descriptor->kind = KINDS[i].kind;
    return descriptor->kind != 0;
}

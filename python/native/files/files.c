/* Files. A frozen state keeps a reference by name only: no lock, no position, nothing that is open. Woken, each is
 * reopened as it was: with its flags, and where it stood. */

#include "files.h"

#include <sys/ioctl.h>

#include "platform/export.h"

#define KEPT (O_ACCMODE | O_APPEND | O_NONBLOCK | O_DIRECT | O_SYNC | O_DSYNC | O_NOATIME | O_LARGEFILE)

/* The process has another id when it is woken. */
enum { OURSELVES = -1 };

static int inspect(struct descriptor *each)
{
    each->file.position = call(lseek, each->number, 0, SEEK_CUR);
    call(fcntl, each->number, F_GETOWN_EX, &each->file.owner);
    if (each->file.owner.pid && each->file.owner.pid == call(getpid)) each->file.owner.pid = OURSELVES;
    each->file.signal = (int)call(fcntl, each->number, F_GETSIG);
    return note_locks(each) < 0 ? -1 : 1;
}

static int suspend(struct descriptor *each)
{
    return install(open_reference(each->number), each);
}

/* What cannot be opened any more stays a mere reference: whoever reads or writes hears of a bad descriptor. */
static int resume(struct descriptor *each)
{
    long again = reopen_file(each, each->status & KEPT);
    each->file.verdict = AS_IT_WAS;
    each->file.cause = each->file.is_allowed = 0;
    if (again < 0) {
        int is_readable = (each->status & O_ACCMODE) == O_RDWR;
        each->file.cause = FORBIDDEN;
        each->file.verdict = DEAD;
        if (!is_readable || (again = reopen_file(each, O_RDONLY)) < 0) return 0;
        each->file.verdict = READ_ONLY;
    }
    return install(again, each);
}

/* Whether to move one moves the other. */
static int is_same(const struct descriptor *one, const struct descriptor *other)
{
    if ((one->mode & S_IFMT) != S_IFREG || one->status != other->status) return 0;
    long position = one->file.position;
    if (position < 0 || position != other->file.position) return 0;
    call(lseek, one->number, position + 1, SEEK_SET);
    int is_moved = call(lseek, other->number, 0, SEEK_CUR) == position + 1;
    call(lseek, one->number, position, SEEK_SET);
    return is_moved;
}

const struct kind file_kind = {inspect, suspend, resume, is_same};

long reopen_file(const struct descriptor *each, int flags)
{
    /* A device may wait for a line, and a terminal become ours. */
    int is_device = (each->mode & S_IFMT) == S_IFCHR;
    long again = reopen(each->number, flags | (is_device ? O_NONBLOCK | O_NOCTTY : 0));
    if (again == -EPERM && flags & O_NOATIME) again = reopen(each->number, flags & ~O_NOATIME);
    if (again < 0) return again;
    if (is_device) call(fcntl, again, F_SETFL, each->status);
    if (each->file.owner.pid) {
        struct f_owner_ex owner = each->file.owner;
        if (owner.pid == OURSELVES) owner.pid = (int)call(getpid);
        call(fcntl, again, F_SETOWN_EX, &owner);
    }
    if (each->file.signal) call(fcntl, again, F_SETSIG, each->file.signal);
    if (each->status & O_ASYNC) call(fcntl, again, F_SETFL, each->status);
    if (each->file.position >= 0) call(lseek, again, each->file.position, SEEK_SET);
    return again;
}

long reopen_to_read(const struct descriptor *each)
{
    long again = reopen(each->number, O_RDONLY);
    if (again >= 0 && each->file.position >= 0) call(lseek, again, each->file.position, SEEK_SET);
    return again;
}

/* A frozen state has only references; it has no locks either, which would end with what is closed here. */
void read_at(const struct descriptor *each, void *bytes, long size, long place)
{
    if (call(pread64, each->number, bytes, size, place) != -EBADF) return;
    long reader = reopen(each->number, O_RDONLY);
    if (reader < 0) return;
    call(pread64, reader, bytes, size, place);
    call(close, reader);
}

/* It is not to be written to, and read only where it can be. */
void forbid_writing(struct descriptor *each, enum cause cause)
{
    each->file.cause = cause;
    each->file.verdict = (each->status & O_ACCMODE) == O_RDWR ? READ_ONLY : DEAD;
}

/* Where the files stood at the freeze: 0 after the last. */
EXPORT int pyrepl3_position(int index, int *number, long *position)
{
    struct descriptor *each = 0;
    while ((each = next_of(&file_kind, each)))
        if (each->file.position >= 0 && index-- == 0) break;
    if (!each) return 0;
    *number = each->number;
    *position = each->file.position;
    return 1;
}

/* Pipes. While a frozen state held an end of one, the process at the other end would wait for ever: the copy
 * keeps a reference by name only, and opens the end again when it is woken. A pipe with both ends in this
 * process is private: it is recreated, with the bytes that it held. But where there are child processes they may
 * have it too, as the workers of `multiprocessing` do: then it stays theirs as well. */

#include "kinds.h"

#include <sys/ioctl.h>
#include <sys/wait.h>

#include "platform/refusal.h"

static int peek(struct descriptor *reader);
static int has_had_children(void);
static int is_writer(const struct descriptor *end);
static int keep_one(struct descriptor *end);
static void show_end(const struct descriptor *reader);

static int inspect(struct descriptor *end)
{
    (void)end;
    return 1;
}

static int suspend(struct descriptor *end)
{
    long again = reopen(end->number, end->status & (O_ACCMODE | O_NONBLOCK));
    if (again < 0) return keep_one(end);
    call(close, again);
    return install(open_reference(end->number), end);
}

static int resume(struct descriptor *end)
{
    int result = install(reopen(end->number, end->status & (O_ACCMODE | O_NONBLOCK | O_APPEND | O_DIRECT)), end);
    if (result == 0 && !is_writer(end)) show_end(end);
    return result;
}

/* Where the last writer has gone meanwhile, a reader that is opened now would wait for one for ever. One that
 * comes and goes lets it see the end; beside other writers it makes no difference. */
static void show_end(const struct descriptor *reader)
{
    long writer = reopen(reader->number, O_WRONLY | O_NONBLOCK);
    if (writer >= 0) call(close, writer);
}

static int suspend_private(struct descriptor *end)
{
    return install(open_reference(end->number), end);
}

static int resume_private(struct descriptor *end)
{
    int ends[2];
    if (is_writer(end)) return 0; /* Its reader makes both. */
    if (call(pipe2, ends, O_CLOEXEC | O_NONBLOCK | (end->status & O_DIRECT)) < 0) return -1;
    if (end->capacity > 0) call(fcntl, ends[1], F_SETPIPE_SZ, end->capacity);
    if (write_unread(end, ends[1]) < 0) return -1;
    call(fcntl, ends[0], F_SETFL, end->status);
    call(fcntl, ends[1], F_SETFL, end->partner->status);
    return install(ends[0], end) < 0 || install(ends[1], end->partner) < 0 ? -1 : 0;
}

/* A pipe with a name would wait for somebody at its other end. */
static int resume_fifo(struct descriptor *end)
{
    long again = reopen(end->number, (end->status & O_ACCMODE) | O_NONBLOCK);
    /* Nobody reads: whoever writes hears of it, as of a pipe whose reader has gone. */
    if (again == -ENXIO) {
        long reader = reopen(end->number, O_RDONLY | O_NONBLOCK);
        again = reopen(end->number, O_WRONLY | O_NONBLOCK);
        if (reader >= 0) call(close, reader);
    }
    if (again < 0) return 0;
    call(fcntl, again, F_SETFL, end->status);
    return install(again, end);
}

const struct kind pipe_kind = {inspect, suspend, resume, 0};
const struct kind fifo_kind = {inspect, suspend_private, resume_fifo, 0};
static const struct kind private_pipe_kind = {inspect, suspend_private, resume_private, 0};

/* A pipe of another user, handed to this process, cannot be opened by its name: it stays shared. */
static int stay(struct descriptor *end)
{
    (void)end;
    return 0;
}
static const struct kind kept_pipe_kind = {inspect, stay, stay, 0};

static int keep_one(struct descriptor *end)
{
    end->kind = &kept_pipe_kind;
    return 0;
}

/* Find the pipes with both ends here, and note what is in them. */
int pair_pipes(void)
{
    for (struct descriptor *reader = 0; (reader = next_of(&pipe_kind, reader));) {
        if (is_writer(reader)) continue;
        struct descriptor *writer = 0;
        while ((writer = next_of(&pipe_kind, writer)))
            if (writer->inode == reader->inode && is_writer(writer)) break;
        if (!writer) continue;
        if (has_had_children()) {
            /* The reader stays open, so that what is in the pipe is not lost. */
            reader->kind = &kept_pipe_kind;
            continue;
        }
        for (struct descriptor *end = 0; (end = next_of(&pipe_kind, end));)
            if (end->inode == reader->inode) {
                end->kind = &private_pipe_kind;
                end->same = is_writer(end) ? writer : reader;
            }
        reader->partner = writer;
        reader->capacity = (int)call(fcntl, reader->number, F_GETPIPE_SZ);
        if (peek(reader) < 0) return -1;
    }
    return 0;
}

/* Copy what is in the pipe by way of a second one, as only `tee` leaves it there. */
static int peek(struct descriptor *reader)
{
    int unread = 0, ends[2];
    long done = 0, got, result = call(ioctl, reader->number, FIONREAD, &unread);
    if (result < 0) return refuse_error("a pipe cannot be examined", result);
    if (unread == 0) return 0;
    char *bytes = reserve_bytes(reader, unread);
    if (!bytes) return -1;
    result = call(pipe2, ends, O_CLOEXEC | O_NONBLOCK);
    if (result < 0) return refuse_error("no descriptor is left to work with", result);
    call(fcntl, ends[1], F_SETPIPE_SZ, reader->capacity);
    result = call(tee, reader->number, ends[1], unread, 2 /* SPLICE_F_NONBLOCK */);
    while (done < unread && (got = call(read, ends[0], bytes + done, unread - done)) > 0) done += got;
    call(close, ends[0]);
    call(close, ends[1]);
    return done == unread ? 0 : refuse_error("a pipe cannot be copied", result);
}

/* Whether this process, or the one that it was copied from, has had any when it was frozen. */
static int has_had_children(void)
{
    static int has_had;
    if (call(waitid, P_ALL, 0, 0, WNOHANG | WNOWAIT | WEXITED | WSTOPPED, 0) != -ECHILD) has_had = 1;
    return has_had;
}

static int is_writer(const struct descriptor *end)
{
    return (end->status & O_ACCMODE) != O_RDONLY;
}

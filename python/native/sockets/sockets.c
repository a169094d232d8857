/* Sockets. A frozen state has none: what the live process closes is closed, its peers see the end, and ports
 * are free. Where the live process ends for the copy's sake the host hands over the sockets that both have had;
 * a woken copy goes on with those that are as they were at the freeze, and the others are dead or recreated. */

#include "sockets.h"

#include <netinet/tcp.h>
#include <sys/stat.h>

#include "notes.h"
#include "platform/refusal.h"
#include "table/losses.h"

static int has_had_peer(const struct socket_note *note);
static int may_be_pair(const struct descriptor *descriptor);
static int may_continue(const struct descriptor *descriptor, enum change *change);
static int is_same_name(const struct name *one, const struct name *other);
static int continue_handed(const struct descriptor *descriptor);
static void note_loss(const struct descriptor *descriptor, enum change change);

static int inspect(struct descriptor *descriptor)
{
    struct descriptor *first = descriptor_of(descriptor->device, descriptor->inode);
    if (first) {
        descriptor->socket = first->socket;
        return 1;
    }
    struct socket_note *note = descriptor->socket = new_note();
    if (!note) return refuse("too many sockets are open");
    note_use(descriptor->number, note);
    if (refuse_display(note)) return -1;
    if (!has_had_peer(note)) note_binding(descriptor->number, note);
    else if (note->protocol != IPPROTO_TCP) note_others(descriptor->number, note);
    note->may_be_pair = may_be_pair(descriptor);
    return 1;
}

static int has_had_peer(const struct socket_note *note)
{
    return note->use == CONNECTED || note->use == OVER;
}

/* One end of a private pair: made by `socketpair`, and by this very process. */
static int may_be_pair(const struct descriptor *descriptor)
{
    const struct socket_note *note = descriptor->socket;
    struct ucred maker = {0};
    unsigned size = sizeof maker;
    if (note->domain != AF_UNIX || note->here.size != UNNAMED || note->there.size != UNNAMED) return 0;
    call(getsockopt, descriptor->number, SOL_SOCKET, SO_PEERCRED, &maker, &size);
    return maker.pid == call(getpid);
}

static int suspend(struct descriptor *descriptor)
{
    return reserve_number(descriptor);
}

static int resume(struct descriptor *descriptor)
{
    const struct socket_note *note = descriptor->socket;
    enum change change = UNCHANGED;
    int is_whole = 0;
    if (descriptor->is_handed && may_continue(descriptor, &change)) return continue_handed(descriptor);
    /* First close what was handed over: what is recreated may need its address. */
    if (descriptor->is_handed && reserve_number(descriptor) < 0) return -1;
    long made = has_had_peer(note) ? reset_connection(note) : recreate_socket(descriptor, &is_whole);
    /* It was dead before. */
    if (note->use == OVER && !note->progress.unread) is_whole = 1;
    if (!is_whole) note_loss(descriptor, change);
    if (made >= 0 && descriptor->status & O_NONBLOCK) call(fcntl, made, F_SETFL, O_NONBLOCK);
    return install(made, descriptor);
}

const struct kind socket_kind = {inspect, suspend, resume, 0};

/* Whether the live process's socket is still what this memory knows. */
static int may_continue(const struct descriptor *descriptor, enum change *change)
{
    const struct socket_note *note = descriptor->socket;
    struct socket_note now;
    struct stat file;
    /* Its number may have become another one's while it was handed over. */
    if (call(fstat, descriptor->number, &file) < 0 || file.st_ino != descriptor->inode) return 0;
    if (has_had_peer(note)) return (*change = change_since_freeze(descriptor->number, note)) == UNCHANGED;
    note_use(descriptor->number, &now);
    /* One that had no address may have been given one by sending. */
    if (now.use != note->use || (has_address(&note->here) && !is_same_name(&note->here, &now.here))) return 0;
    if (note->use != PACKETS || is_same_name(&note->there, &now.there)) return 1;
    return note->there.size && call(connect, descriptor->number, &note->there.address, note->there.size) == 0;
}

static int is_same_name(const struct name *one, const struct name *other)
{
    for (unsigned i = 0; i < one->size; i++)
        if (one->address.bytes[i] != other->address.bytes[i]) return 0;
    return one->size == other->size;
}

/* The live process may have set other flags meanwhile. */
static int continue_handed(const struct descriptor *descriptor)
{
    int flags = descriptor->is_closed_on_exec ? FD_CLOEXEC : 0;
    if (descriptor->status & O_ASYNC) call(fcntl, descriptor->number, F_SETOWN, call(getpid));
    call(fcntl, descriptor->number, F_SETFL, descriptor->status);
    return call(fcntl, descriptor->number, F_SETFD, flags) < 0 ? -1 : 0;
}

static void note_loss(const struct descriptor *descriptor, enum change change)
{
    const struct socket_note *note = descriptor->socket;
    if (!has_had_peer(note)) lose(note->use == LISTENS ? NOT_LISTENING : NOT_OPENED, &note->here);
    else lose(change == WENT_ON ? GONE_ON : change == UNCERTAIN ? PERHAPS_GONE_ON : CLOSED, &note->there);
}

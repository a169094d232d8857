/* Sockets. A sleeping copy has none: what the live process closes is closed, its peers see the end, and ports
 * are free. Where the live process ends for the copy's sake the host hands over the sockets that both have had;
 * a woken copy goes on with those that are as they were at the freeze, and the others are dead or made anew. */

#include "sockets.h"

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/stat.h>

#include "table/losses.h"
#include "platform/refusal.h"

#define MOST_SOCKETS (1 << 16)

static struct socket_note notes[MOST_SOCKETS];
static int used;

enum side { IS_OURS, IS_PEER };

static void note_name(int number, struct name *name, enum side side);
static int look_at_local(struct descriptor *descriptor);
static void note_use(int number, struct socket_note *note);
static int is_over(int number);
static int has_had_peer(const struct socket_note *note);
static int may_go_on(const struct descriptor *descriptor, enum standing *standing);
static int is_same_name(const struct name *one, const struct name *other);
static int go_on(const struct descriptor *descriptor);
static void tell_lost(const struct descriptor *descriptor, enum standing standing);

void forget_sockets(void)
{
    used = 0;
}

int option(int number, int level, int name)
{
    int value = ABSENT;
    unsigned size = sizeof value;
    return call(getsockopt, number, level, name, &value, &size) < 0 ? ABSENT : value;
}

static void note_name(int number, struct name *name, enum side side)
{
    name->size = sizeof name->address;
    long result = side == IS_PEER ? call(getpeername, number, &name->address, &name->size)
                                  : call(getsockname, number, &name->address, &name->size);
    if (result < 0) name->size = 0;
}

static int look(struct descriptor *descriptor)
{
    struct descriptor *first = socket_with(descriptor->inode);
    if (first) {
        descriptor->kind = first->kind;
        descriptor->socket = first->socket;
        return 1;
    }
    if (used == MOST_SOCKETS) return refuse("too many sockets are open");
    struct socket_note *note = descriptor->socket = &notes[used++];
    note_use(descriptor->number, note);
    if (refuse_display(note)) return -1;
    if (!has_had_peer(note)) note_binding(descriptor->number, note);
    else if (note->protocol != IPPROTO_TCP) note_others(descriptor->number, note);
    if (note->domain == AF_UNIX) return look_at_local(descriptor);
    return 1;
}

/* With few calls to the kernel, as a server may have thousands. */
static void note_use(int number, struct socket_note *note)
{
    note->shut = 0;
    note->protocol = option(number, SOL_SOCKET, SO_PROTOCOL);
    note_name(number, &note->there, IS_PEER);
    note->here.size = 0;
    if (note->protocol == IPPROTO_TCP) {
        note->type = SOCK_STREAM;
        note->domain = note->there.address.any.sa_family;
        note->progress.is_known = count_tcp(number, &note->progress);
        int state = note->progress.state;
        note->use = state == TCP_LISTEN ? LISTENS : state != TCP_CLOSE ? CONNECTED : is_over(number) ? OVER : IDLE;
        if (note->use == CONNECTED && note->there.size) return;
    }
    note_name(number, &note->here, IS_OURS);
    note->domain = note->here.size ? note->here.address.any.sa_family : option(number, SOL_SOCKET, SO_DOMAIN);
    if (note->protocol == IPPROTO_TCP) return;
    note->type = option(number, SOL_SOCKET, SO_TYPE);
    if (note->type != SOCK_STREAM && note->type != SOCK_SEQPACKET) note->use = PACKETS;
    else if (note->there.size) note->use = is_over(number) ? OVER : CONNECTED;
    else note->use = option(number, SOL_SOCKET, SO_ACCEPTCONN) == 1 ? LISTENS : IDLE;
}

/* Whether both directions have ended. TCP that is in no connection yet has hung up, too, but has not ended to be read. */
static int is_over(int number)
{
    struct pollfd about = {number, POLLRDHUP, 0};
    struct timespec none = {0, 0};
    return call(ppoll, &about, 1, &none, 0, 8) == 1 && about.revents & POLLRDHUP && about.revents & POLLHUP;
}

static int has_had_peer(const struct socket_note *note)
{
    return note->use == CONNECTED || note->use == OVER;
}

/* Whether it may be one end of a private pair: made by `socketpair`, and by this very process. */
static int look_at_local(struct descriptor *descriptor)
{
    const struct socket_note *note = descriptor->socket;
    struct ucred maker = {0};
    unsigned size = sizeof maker;
    if (note->here.size != UNNAMED || note->there.size != UNNAMED) return 1;
    call(getsockopt, descriptor->number, SOL_SOCKET, SO_PEERCRED, &maker, &size);
    if (maker.pid == call(getpid)) descriptor->kind = &socket_pair;
    return 1;
}

static int put_away(struct descriptor *descriptor)
{
    return hold_number(descriptor);
}

static int bring_back(struct descriptor *descriptor)
{
    const struct socket_note *note = descriptor->socket;
    enum standing standing = UNCHANGED;
    int is_whole = 0;
    if (descriptor->is_handed && may_go_on(descriptor, &standing)) return go_on(descriptor);
    /* First let go of what was handed: what is made anew may need its address. */
    if (descriptor->is_handed && hold_number(descriptor) < 0) return -1;
    long made = has_had_peer(note) ? dead_connection(note) : make_anew(descriptor, &is_whole);
    /* It was dead before. */
    if (note->use == OVER && !note->progress.unread) is_whole = 1;
    if (!is_whole) tell_lost(descriptor, standing);
    if (made >= 0 && descriptor->status & O_NONBLOCK) call(fcntl, made, F_SETFL, O_NONBLOCK);
    return put(made, descriptor);
}

const struct kind any_socket = {look, put_away, bring_back};

/* Whether the live process's socket is still what this memory knows. */
static int may_go_on(const struct descriptor *descriptor, enum standing *standing)
{
    const struct socket_note *note = descriptor->socket;
    struct socket_note now;
    struct stat file;
    /* Its number may have become another one's while it was handed over. */
    if (call(fstat, descriptor->number, &file) < 0 || file.st_ino != descriptor->inode) return 0;
    if (has_had_peer(note)) return (*standing = standing_of(descriptor->number, note)) == UNCHANGED;
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
static int go_on(const struct descriptor *descriptor)
{
    int flags = descriptor->is_closed_on_exec ? FD_CLOEXEC : 0;
    if (descriptor->status & O_ASYNC) call(fcntl, descriptor->number, F_SETOWN, call(getpid));
    call(fcntl, descriptor->number, F_SETFL, descriptor->status);
    return call(fcntl, descriptor->number, F_SETFD, flags) < 0 ? -1 : 0;
}

static void tell_lost(const struct descriptor *descriptor, enum standing standing)
{
    const struct socket_note *note = descriptor->socket;
    if (!has_had_peer(note)) lose(note->use == LISTENS ? NOT_LISTENING : NOT_OPENED, &note->here);
    else lose(standing == WENT_ON ? GONE_ON : standing == UNCERTAIN ? PERHAPS_GONE_ON : CLOSED, &note->there);
}

/* What is noted of a socket: what it is used for, and its addresses. */

#include "notes.h"

#include <netinet/tcp.h>
#include <poll.h>

#define MOST_SOCKETS (1 << 16)

static struct socket_note notes[MOST_SOCKETS];
static int used;

enum side { IS_OURS, IS_PEER };

static void note_name(int number, struct name *name, enum side side);
static int is_over(int number);

void forget_sockets(void)
{
    used = 0;
}

struct socket_note *new_note(void)
{
    return used < MOST_SOCKETS ? &notes[used++] : 0;
}

/* With few calls to the kernel, as a server may have thousands. */
void note_use(int number, struct socket_note *note)
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

/* Whether both directions have ended. TCP that is in no connection yet has hung up, too, but has not ended to be
 * read. */
static int is_over(int number)
{
    struct pollfd about = {number, POLLRDHUP, 0};
    struct timespec none = {0, 0};
    return call(ppoll, &about, 1, &none, 0, 8) == 1 && about.revents & POLLRDHUP && about.revents & POLLHUP;
}

static void note_name(int number, struct name *name, enum side side)
{
    name->size = sizeof name->address;
    long result = side == IS_PEER ? call(getpeername, number, &name->address, &name->size)
                                  : call(getsockname, number, &name->address, &name->size);
    if (result < 0) name->size = 0;
}

int option(int number, int level, int name)
{
    int value = ABSENT;
    unsigned size = sizeof value;
    return call(getsockopt, number, level, name, &value, &size) < 0 ? ABSENT : value;
}

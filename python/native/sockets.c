/* Sockets. A sleeping copy does not listen: the live process must be able to close its server and open it
 * again, and clients must not end up with the sleeper. A woken copy listens again where that is possible. */

#include "descriptors.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include "export.h"
#include "refusal.h"

#define MOST_LOST 16
#define SOCKET_FLAGS (SOCK_CLOEXEC | SOCK_NONBLOCK)

static const struct { int level, name; } OPTIONS[] = {
    {SOL_SOCKET, SO_REUSEADDR}, {SOL_SOCKET, SO_REUSEPORT}, {SOL_SOCKET, SO_KEEPALIVE},
    {IPPROTO_IPV6, IPV6_V6ONLY}, {IPPROTO_TCP, TCP_NODELAY},
};
enum { OPTION_COUNT = sizeof OPTIONS / sizeof *OPTIONS, ABSENT = -1 };

static struct sockaddr_in6 lost[MOST_LOST];
static int lost_count;

static int listen_again(const struct descriptor *descriptor, int made);

/* The addresses that a woken copy could not listen at: 0 after the last. */
EXPORT int pyrepl3_lost_listener(int index, struct sockaddr_in6 *address)
{
    if (index >= lost_count) return 0;
    *address = lost[index];
    return 1;
}

void forget_lost_listeners(void)
{
    lost_count = 0;
}

static int option(int number, int level, int name)
{
    int value = ABSENT;
    unsigned size = sizeof value;
    return call(getsockopt, number, level, name, &value, &size) < 0 ? ABSENT : value;
}

static int look(struct descriptor *descriptor)
{
    int number = descriptor->number, domain = option(number, SOL_SOCKET, SO_DOMAIN);
    if (domain == AF_UNIX) return look_at_unix(descriptor);
    if (domain != AF_INET && domain != AF_INET6) return 0;
    if (option(number, SOL_SOCKET, SO_ACCEPTCONN) != 1) return 0;
    struct tcp_info information;
    unsigned size = sizeof information;
    descriptor->listener.domain = domain;
    descriptor->listener.protocol = option(number, SOL_SOCKET, SO_PROTOCOL);
    descriptor->listener.address_size = sizeof descriptor->listener.address;
    long result = call(getsockname, number, &descriptor->listener.address, &descriptor->listener.address_size);
    if (result < 0) return refuse_error("a listening socket cannot be examined", result);
    /* Of a listening socket this is the length of its queue. */
    result = call(getsockopt, number, IPPROTO_TCP, TCP_INFO, &information, &size);
    descriptor->listener.backlog = result < 0 ? SOMAXCONN : (int)information.tcpi_sacked;
    for (int i = 0; i < OPTION_COUNT; i++)
        descriptor->listener.options[i] = option(number, OPTIONS[i].level, OPTIONS[i].name);
    return 1;
}

static int put_away(struct descriptor *descriptor)
{
    return dead_socket(descriptor);
}

static int bring_back(struct descriptor *descriptor)
{
    int flags = SOCK_CLOEXEC | (descriptor->status & O_NONBLOCK);
    long made = call(socket, descriptor->listener.domain, SOCK_STREAM | flags, descriptor->listener.protocol);
    if (made < 0) return -1;
    if (listen_again(descriptor, (int)made) < 0 && lost_count < MOST_LOST)
        lost[lost_count++] = descriptor->listener.address;
    return put(made, descriptor);
}

const struct kind listener = {look, put_away, bring_back};

static int listen_again(const struct descriptor *descriptor, int made)
{
    int yes = 1;
    for (int i = 0; i < OPTION_COUNT; i++)
        if (descriptor->listener.options[i] != ABSENT)
            call(setsockopt, made, OPTIONS[i].level, OPTIONS[i].name, &descriptor->listener.options[i], sizeof(int));
    /* Connections of the dead process linger for a minute; they must not keep the address. */
    call(setsockopt, made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    long result = call(bind, made, &descriptor->listener.address, descriptor->listener.address_size);
    call(setsockopt, made, SOL_SOCKET, SO_REUSEADDR, &descriptor->listener.options[0], sizeof(int));
    return result < 0 || call(listen, made, descriptor->listener.backlog) < 0 ? -1 : 0;
}

/* Put in its place a socket of the same kind that is connected to nothing. */
int dead_socket(struct descriptor *descriptor)
{
    int number = descriptor->number;
    int flags = SOCK_CLOEXEC | (descriptor->status & O_NONBLOCK);
    int domain = option(number, SOL_SOCKET, SO_DOMAIN), type = option(number, SOL_SOCKET, SO_TYPE);
    long made = call(socket, domain, type | flags, option(number, SOL_SOCKET, SO_PROTOCOL));
    /* Who has given up privileges may not make every kind. */
    if (made < 0) made = call(socket, AF_UNIX, SOCK_STREAM | flags, 0);
    return put(made, descriptor);
}

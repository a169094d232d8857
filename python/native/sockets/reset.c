/* A connection that has ended: whoever reads from it next, writes to it or waits for it learns that the other side
 * has reset it. The kernel resets a connection whose other end is closed before it was accepted, or with bytes
 * unread. */

#include "notes.h"

static long reset_tcp(int domain);
static long reset_by(long server, int domain, const struct name *name);
static long reset_local(int type);

long reset_connection(const struct socket_note *note)
{
    long made = -1;
    if (note->domain == AF_INET6) made = reset_tcp(AF_INET6);
    if (made < 0 && (note->domain == AF_INET || note->domain == AF_INET6)) made = reset_tcp(AF_INET);
    /* Other kinds, and where there is no loopback. */
    return made >= 0 ? made : reset_local(note->domain == AF_UNIX ? note->type : SOCK_STREAM);
}

static long reset_tcp(int domain)
{
    struct name name = {.size = domain == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6)};
    name.address.any.sa_family = (sa_family_t)domain;
    if (domain == AF_INET) name.address.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    else name.address.v6.sin6_addr.s6_addr[15] = 1;
    long server = call(socket, domain, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (server < 0) return server;
    long made = -1;
    if (call(bind, server, &name.address, name.size) == 0 && call(listen, server, 1) == 0 &&
        call(getsockname, server, &name.address, &name.size) == 0)
        made = reset_by(server, domain, &name);
    call(close, server);
    return made;
}

/* A server that ends resets who has not been accepted: at this moment there is nobody else. */
static long reset_by(long server, int domain, const struct name *name)
{
    long made = call(socket, domain, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made < 0 || (call(connect, made, &name->address, name->size) == 0 && call(shutdown, server, SHUT_RDWR) == 0))
        return made;
    call(close, made);
    return -1;
}

static long reset_local(int type)
{
    int ends[2];
    long result = call(socketpair, AF_UNIX, type | SOCK_CLOEXEC, 0, ends);
    if (result < 0) return result;
    call(write, ends[0], "", 1);
    call(close, ends[1]);
    return ends[0];
}

/* Sockets: what is noted of each at the freeze, and how a woken copy gets them back. */
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "table/descriptors.h"

/* As `shutdown` leaves it to be seen. */
#define SHUT_SENDING 2 /* the kernel's SEND_SHUTDOWN */
/* The size of an address that says nothing but its family. */
#define UNNAMED sizeof(sa_family_t)

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_un local;
    char bytes[128];
};

struct name {
    union address address;
    unsigned size; /* 0: there is none */
};

enum use {
    LISTENS,
    CONNECTED, /* a stream, or packets that arrive in their order, to one peer */
    OVER,      /* a conversation that has ended: what is unread can be read, and then it is dead */
    IDLE,      /* what may become either of the first two */
    PACKETS,   /* each for itself, connected or not */
};

/* How far a conversation has come, as the program has written and read it: what is on its way does not count. */
struct progress {
    int is_known, is_own;
    unsigned char state; /* of TCP */
    unsigned long sent, received;
    int unread, unsent, can_send; /* of the others, which count nothing */
    unsigned long beginning;      /* a hash of the unread bytes */
};

struct socket_note {
    int domain, type, protocol;
    enum use use;
    struct name here, there;
    int shut;
    int backlog, options[6];
    unsigned mode; /* of the path */
    struct progress progress;
};

/* sockets.c */
void forget_sockets(void);
int option(int number, int level, int name); /* ABSENT where there is no such */
enum { ABSENT = -1 };

/* conversations.c */
int count_tcp(int number, struct progress *progress); /* 0: it cannot be told; the state is */
void note_others(int number, struct socket_note *note);
enum standing { UNCHANGED, ENDED, WENT_ON, UNCERTAIN } standing_of(int number, const struct socket_note *note);

/* bound.c */
void note_binding(int number, struct socket_note *note);
long make_anew(const struct descriptor *descriptor, int *is_whole); /* -E... where not even a lame one can be had */

/* dead.c */
long dead_connection(const struct socket_note *note);

/* displays.c */
int refuse_display(const struct socket_note *note); /* 0: it leads to none */

static inline int has_path(const struct name *name)
{
    return name->address.any.sa_family == AF_UNIX && name->size > UNNAMED && name->address.local.sun_path[0];
}

/* A path, or what stands in the place of one without a file. */
static inline const char *path_of(const struct name *name)
{
    if (name->address.any.sa_family != AF_UNIX || name->size <= UNNAMED) return "";
    return name->address.local.sun_path + !name->address.local.sun_path[0];
}

static inline int has_address(const struct name *name)
{
    int family = name->size ? name->address.any.sa_family : AF_UNSPEC;
    if (family == AF_INET || family == AF_INET6) return name->address.v4.sin_port != 0;
    return name->size > UNNAMED;
}

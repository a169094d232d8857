/* An address of a socket, as the kernel fills it in. */
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

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

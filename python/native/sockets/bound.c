/* Sockets that are in no connection: servers, packets, and what is neither yet. They are recreated with their
 * addresses where the live process has not had them to the end, or has ended unasked. */

#include "notes.h"

#include <sys/stat.h>
#include <netinet/tcp.h>

#define REUSE 0 /* its place among the options */

static const struct { int level, name; } OPTIONS[] = {
    {SOL_SOCKET, SO_REUSEADDR}, {SOL_SOCKET, SO_REUSEPORT}, {SOL_SOCKET, SO_KEEPALIVE},
    {SOL_SOCKET, SO_BROADCAST}, {IPPROTO_IPV6, IPV6_V6ONLY}, {IPPROTO_TCP, TCP_NODELAY},
};
enum { OPTION_COUNT = sizeof OPTIONS / sizeof *OPTIONS };

static int backlog_of(int number, const struct socket_note *note);
static int is_possible(int index, const struct socket_note *note);
static int give_back(int made, const struct socket_note *note);
static int bind_to(int made, const struct socket_note *note);
static int is_path_free(const struct socket_note *note);

void note_binding(int number, struct socket_note *note)
{
    struct stat file;
    note->mode = 0;
    if (note->use == LISTENS) note->backlog = backlog_of(number, note);
    for (int i = 0; i < OPTION_COUNT; i++)
        note->options[i] = is_possible(i, note) ? option(number, OPTIONS[i].level, OPTIONS[i].name) : ABSENT;
    if (!has_path(&note->here)) return;
    if (call(newfstatat, AT_FDCWD, path_of(&note->here), &file, AT_SYMLINK_NOFOLLOW) < 0) return;
    note->mode = file.st_mode;
}

static int backlog_of(int number, const struct socket_note *note)
{
    struct tcp_info information;
    unsigned size = sizeof information;
    if (note->protocol != IPPROTO_TCP) return SOMAXCONN;
    /* Of a listening socket this is the length of its queue. */
    long result = call(getsockopt, number, IPPROTO_TCP, TCP_INFO, &information, &size);
    return result < 0 ? SOMAXCONN : (int)information.tcpi_sacked;
}

static int is_possible(int index, const struct socket_note *note)
{
    int level = OPTIONS[index].level;
    return level == SOL_SOCKET || (level == IPPROTO_IPV6 && note->domain == AF_INET6) ||
           (level == IPPROTO_TCP && note->protocol == IPPROTO_TCP);
}

long recreate_socket(const struct descriptor *descriptor, int *is_whole)
{
    const struct socket_note *note = descriptor->socket;
    long made = call(socket, note->domain, note->type | SOCK_CLOEXEC, note->protocol);
    /* Who has given up privileges may not make every kind. */
    if (made < 0) return call(socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    *is_whole = give_back((int)made, note) == 0;
    /* Nobody should wait for packets that cannot come. */
    if (!*is_whole && note->domain == AF_UNIX && note->use == PACKETS) call(shutdown, made, SHUT_RDWR);
    return made;
}

static int give_back(int made, const struct socket_note *note)
{
    int yes = 1, no = 0;
    for (int i = 0; i < OPTION_COUNT; i++)
        if (note->options[i] != ABSENT)
            call(setsockopt, made, OPTIONS[i].level, OPTIONS[i].name, &note->options[i], sizeof(int));
    /* Connections of the dead process linger for a minute; they must not keep the address. */
    if (note->use != PACKETS) call(setsockopt, made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (has_address(&note->here) && bind_to(made, note) < 0) return -1;
    call(setsockopt, made, SOL_SOCKET, SO_REUSEADDR, note->options[REUSE] > 0 ? &yes : &no, sizeof yes);
    if (note->use == LISTENS) return call(listen, made, note->backlog) < 0 ? -1 : 0;
    return note->there.size && call(connect, made, &note->there.address, note->there.size) < 0 ? -1 : 0;
}

static int bind_to(int made, const struct socket_note *note)
{
    const char *path = path_of(&note->here);
    if (has_path(&note->here)) {
        if (!is_path_free(note)) return -1;
        call(unlinkat, AT_FDCWD, path, 0);
    }
    if (call(bind, made, &note->here.address, note->here.size) < 0) return -1;
    if (has_path(&note->here) && note->mode) call(fchmodat, AT_FDCWD, path, note->mode & 07777);
    return 0;
}

/* Nothing is there, or what a process has left that listens no more. */
static int is_path_free(const struct socket_note *note)
{
    struct stat file;
    long result = call(newfstatat, AT_FDCWD, path_of(&note->here), &file, AT_SYMLINK_NOFOLLOW);
    if (result < 0) return result == -ENOENT;
    if (!S_ISSOCK(file.st_mode)) return 0;
    long asking = call(socket, AF_UNIX, note->type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (asking < 0) return 0;
    result = call(connect, asking, &note->here.address, note->here.size);
    call(close, asking);
    return result == -ECONNREFUSED;
}

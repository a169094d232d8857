/* How far a connection has come. Where the live process has gone on with one, the peer is ahead of the memory
 * that wakes, and what is said next would be misunderstood.
 *
 * TCP counts what has passed, so that one knows. Other streams, Unix sockets above all, count nothing. There one
 * sees only whether what was unread is unread still, and for the rest it is asked who the peer is. A process of
 * this session, such as the manager or a worker of `multiprocessing`, goes on: it answers each question at once, as
 * a rule, and its owner would lose it otherwise. Anybody else's, such as a database or an agent, may be in the
 * middle of a transaction that this memory knows nothing of: that connection ends, and who wants it opens another.
 */

#include "notes.h"

#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>

#include "platform/text.h"

/* How often to look again while bytes are arriving. */
#define LOOKS 4
#define QUIET_MS 5
#define PEEK_SIZE (1 << 16)

/* As the kernel fills it in, where the C library's own is too old to have the counters, which are from Linux 4.1. */
union information {
    struct tcp_info info;
    struct __attribute__((packed)) { char before[120]; unsigned long acknowledged, received; } counters;
    char room[256];
};

static int is_own(int number, const struct socket_note *note);
static void note_queues(int number, struct progress *progress);
static int can_send(int number, int type);
static int has_hung_up(int number);
static unsigned long hash_of_unread(int number, int size);
static enum change compare_tcp(const struct progress *then, const struct progress *now);
static enum change compare_others(int number, const struct socket_note *note);
static int has_shut(unsigned char state);
static int has_been_ended(unsigned char state);

void note_others(int number, struct socket_note *note)
{
    struct progress *progress = &note->progress;
    progress->is_own = 0;
    if (note->domain != AF_UNIX) return;
    progress->is_own = is_own(number, note);
    note_queues(number, progress);
    progress->can_send = can_send(number, note->type);
    progress->beginning = hash_of_unread(number, progress->unread);
}

enum change change_since_freeze(int number, const struct socket_note *note)
{
    struct progress progress;
    if (note->protocol != IPPROTO_TCP) return compare_others(number, note);
    if (!note->progress.is_known || !count_tcp(number, &progress)) return UNCERTAIN;
    return compare_tcp(&note->progress, &progress);
}

/* Whether the peer is a process of this session, and none that is known to keep transactions. A pair without names
 * was made by this process, or by the one it is a copy of. */
static int is_own(int number, const struct socket_note *note)
{
    struct ucred maker = {0};
    unsigned size = sizeof maker;
    const char *path = path_of(&note->there);
    if (find(path, "/.s.PGSQL.") || find(path, "mysql") || find(path, "mariadb")) return 0;
    if (note->here.size == UNNAMED && note->there.size == UNNAMED) return 1;
    call(getsockopt, number, SOL_SOCKET, SO_PEERCRED, &maker, &size);
    return maker.pid > 0 && call(getsid, maker.pid) == call(getsid, 0);
}

/* What was written is what the peer has acknowledged and what still waits; what was read is what has arrived but
 * for what is unread. Return 0 where that cannot be told. */
int count_tcp(int number, struct progress *progress)
{
    union information about;
    progress->state = 0;
    for (int looks = 0; looks < LOOKS; looks++) {
        unsigned size = sizeof about;
        struct progress before = *progress;
        if (call(getsockopt, number, IPPROTO_TCP, TCP_INFO, &about, &size) < 0) return 0;
        note_queues(number, progress);
        progress->state = about.info.tcpi_state;
        if (size < sizeof about.counters || progress->state == TCP_LISTEN) return 0;
        /* Where it has been quiet for a while nothing has moved between the two looks, or one looks again. */
        int is_quiet = about.info.tcpi_last_data_recv > QUIET_MS && about.info.tcpi_last_ack_recv > QUIET_MS;
        if (!is_quiet && (!looks || before.unread != progress->unread || before.unsent != progress->unsent)) continue;
        progress->sent = about.counters.acknowledged + (unsigned)progress->unsent;
        progress->received = about.counters.received - (unsigned)progress->unread;
        /* The end of the other side counts as a byte. */
        if (has_been_ended(progress->state)) progress->received--;
        return 1;
    }
    return 0;
}

static void note_queues(int number, struct progress *progress)
{
    progress->unread = progress->unsent = 0;
    call(ioctl, number, SIOCINQ, &progress->unread);
    call(ioctl, number, SIOCOUTQ, &progress->unsent);
}

static enum change compare_tcp(const struct progress *then, const struct progress *now)
{
    /* The handshake counts as a byte. */
    unsigned long sent = then->sent + (then->state == TCP_SYN_SENT && now->state != TCP_SYN_SENT && now->sent);
    if (now->state == TCP_CLOSE && !has_shut(then->state)) return ENDED;
    if (has_shut(now->state) != has_shut(then->state) || now->sent != sent) return WENT_ON;
    /* Once all is over the state does not tell any more whether the other side has ended, too. */
    if (now->received == then->received) return UNCHANGED;
    return now->state == TCP_CLOSE && now->received == then->received + 1 ? UNCHANGED : WENT_ON;
}

/* Whether this side has ended what it sends. */
static int has_shut(unsigned char state)
{
    return state != TCP_ESTABLISHED && state != TCP_CLOSE_WAIT && state != TCP_SYN_SENT && state != TCP_SYN_RECV;
}

/* Whether the other side has. */
static int has_been_ended(unsigned char state)
{
    return state == TCP_CLOSE_WAIT || state == TCP_LAST_ACK || state == TCP_CLOSING || state == TCP_TIME_WAIT;
}

static enum change compare_others(int number, const struct socket_note *note)
{
    const struct progress *then = &note->progress;
    struct progress now;
    if (!then->is_own && note->use != OVER) return UNCERTAIN;
    note_queues(number, &now);
    /* What has arrived since then is no matter, as long as it is read after what was there. */
    if (now.unsent != then->unsent || now.unread < then->unread) return WENT_ON;
    if (then->can_send && !can_send(number, note->type) && !has_hung_up(number)) return WENT_ON;
    return hash_of_unread(number, then->unread) == then->beginning ? UNCHANGED : WENT_ON;
}

/* Whether this side has not ended what it sends: nothing is sent to find out. */
static int can_send(int number, int type)
{
    return type != SOCK_STREAM || call(sendto, number, "", 0, MSG_DONTWAIT | MSG_NOSIGNAL, 0, 0) >= 0;
}

/* Whether the other side has closed its end: what it has sent before can be read. */
static int has_hung_up(int number)
{
    struct pollfd about = {number, 0, 0};
    struct timespec none = {0, 0};
    return call(ppoll, &about, 1, &none, 0, 8) == 1 && about.revents & POLLHUP;
}

static unsigned long hash_of_unread(int number, int size)
{
    static unsigned char bytes[PEEK_SIZE];
    unsigned long hash = 0xcbf29ce484222325;
    if (size <= 0) return hash;
    struct iovec place = {bytes, size < PEEK_SIZE ? (size_t)size : PEEK_SIZE};
    struct msghdr message = {.msg_iov = &place, .msg_iovlen = 1};
    long got = call(recvmsg, number, &message, MSG_PEEK | MSG_DONTWAIT);
    for (long i = 0; i < got; i++) hash = (hash ^ bytes[i]) * 0x100000001b3;
    return hash;
}

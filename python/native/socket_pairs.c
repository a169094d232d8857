/* Private socket pairs, such as the one that asyncio wakes its loop with: both ends are in this process, so the
 * live one and the copy would eat each other's bytes. They are made anew, with the bytes that they held. */

#include "descriptors.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "refusal.h"

#define ANSWER_ROOM (1 << 15)
/* The kernel searches for each one that it is asked about; asked for all, it goes through them once. */
#define FEW 8
#define UNNAMED sizeof(sa_family_t)
#define SHUT_SENDING 2 /* the kernel's SEND_SHUTDOWN */

static void ask(long diagnosis, unsigned long inode);
static void note_peer(struct nlmsghdr *head);
static int peek(struct descriptor *end);

/* Whether it may be one end of a private pair: made by `socketpair`, and by this very process. */
int look_at_unix(struct descriptor *descriptor)
{
    int number = descriptor->number, type = 0;
    struct ucred maker = {0};
    struct sockaddr_un name;
    unsigned type_size = sizeof type, maker_size = sizeof maker, here = sizeof name, there = sizeof name;
    call(getsockopt, number, SOL_SOCKET, SO_TYPE, &type, &type_size);
    call(getsockopt, number, SOL_SOCKET, SO_PEERCRED, &maker, &maker_size);
    if (type != SOCK_STREAM || maker.pid != call(getpid)) return 0;
    if (call(getsockname, number, &name, &here) < 0 || here != UNNAMED) return 0;
    if (call(getpeername, number, &name, &there) < 0 || there != UNNAMED) return 0;
    descriptor->kind = &socket_pair;
    return 1;
}

/* Find the other end of each, and note what is on its way. One whose other end is elsewhere stays shared. */
int pair_sockets(void)
{
    int count = 0;
    for (struct descriptor *end = 0; (end = next_of(&socket_pair, end));) count++;
    if (count < 2) return 0;
    long diagnosis = call(socket, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (diagnosis < 0) return 0;
    if (count > FEW) ask(diagnosis, 0);
    else
        for (struct descriptor *end = 0; (end = next_of(&socket_pair, end));)
            if (end->same == end) ask(diagnosis, end->inode);
    call(close, diagnosis);
    for (struct descriptor *end = 0; (end = next_of(&socket_pair, end));)
        if (end->partner && peek(end) < 0) return -1;
    return 0;
}

/* Ask the kernel about one socket, or with 0 about all that there are. */
static void ask(long diagnosis, unsigned long inode)
{
    struct { struct nlmsghdr head; struct unix_diag_req request; } question = {
        {sizeof question, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | (inode ? 0 : NLM_F_DUMP), 0, 0},
        {.sdiag_family = AF_UNIX,
         .udiag_states = ~0U,
         .udiag_ino = (unsigned)inode,
         .udiag_show = UDIAG_SHOW_PEER,
         .udiag_cookie = {~0U, ~0U}},
    };
    static _Alignas(struct nlmsghdr) char answer[ANSWER_ROOM];
    long size = call(sendto, diagnosis, &question, sizeof question, 0, 0, 0);
    while (size > 0 && (size = call(recvfrom, diagnosis, answer, sizeof answer, 0, 0, 0)) > 0) {
        struct nlmsghdr *head = (struct nlmsghdr *)answer;
        for (long rest = size; NLMSG_OK(head, rest); head = NLMSG_NEXT(head, rest)) {
            if (head->nlmsg_type != SOCK_DIAG_BY_FAMILY) return; /* The end of a list, or an error. */
            note_peer(head);
        }
        if (inode) return;
    }
}

static void note_peer(struct nlmsghdr *head)
{
    struct unix_diag_msg *about = NLMSG_DATA(head);
    struct descriptor *end = socket_with(about->udiag_ino), *peer;
    struct rtattr *attribute = (struct rtattr *)((char *)about + NLMSG_ALIGN(sizeof *about));
    long rest = (long)(head->nlmsg_len - NLMSG_LENGTH(sizeof *about));
    if (!end || end->kind != &socket_pair) return;
    for (; RTA_OK(attribute, rest); attribute = RTA_NEXT(attribute, rest)) {
        if (attribute->rta_type == UNIX_DIAG_SHUTDOWN) end->pair.shut = *(unsigned char *)RTA_DATA(attribute);
        if (attribute->rta_type != UNIX_DIAG_PEER) continue;
        peer = socket_with(*(unsigned *)RTA_DATA(attribute));
        if (!peer || peer == end || peer->kind != &socket_pair) continue;
        end->partner = peer;
        peer->partner = end;
    }
}

static int peek(struct descriptor *end)
{
    int unread = 0;
    call(ioctl, end->number, FIONREAD, &unread);
    if (unread == 0) return 0;
    char *bytes = room_for(end, unread);
    if (!bytes) return -1;
    struct iovec place = {bytes, (size_t)unread};
    struct msghdr message = {.msg_iov = &place, .msg_iovlen = 1};
    long got = call(recvmsg, end->number, &message, MSG_PEEK | MSG_DONTWAIT);
    /* Descriptors on their way end what can be seen at once, and they are cut off, as there is no room for them. */
    return got == unread && !(message.msg_flags & MSG_CTRUNC)
             ? 0
             : refuse("descriptors are on their way through a socket pair");
}

static int look(struct descriptor *end)
{
    (void)end;
    return 1;
}

static int put_away(struct descriptor *end)
{
    return end->same->partner ? dead_socket(end) : 0;
}

static int bring_back(struct descriptor *end)
{
    int ends[2];
    struct descriptor *partner = end->partner;
    if (!partner || partner < end) return 0; /* Shared, or made already, together with the other end. */
    if (call(socketpair, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) < 0) return -1;
    if (write_unread(end, ends[1]) < 0 || write_unread(partner, ends[0]) < 0) return -1;
    for (int i = 0; i < 2; i++) {
        const struct descriptor *each = i ? partner : end;
        /* What one end does not send the other does not receive: the kernel sees to that. */
        if (each->pair.shut & SHUT_SENDING) call(shutdown, ends[i], SHUT_WR);
        call(fcntl, ends[i], F_SETFL, each->status);
        if (put(ends[i], each) < 0) return -1;
    }
    return 0;
}

const struct kind socket_pair = {look, put_away, bring_back};

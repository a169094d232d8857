/* Private socket pairs, such as the one that asyncio wakes its loop with: both ends are in this process, so the
 * live one and the copy would eat each other's bytes. They are recreated, with the bytes that they held. */

#include "sockets.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/ioctl.h>

#include "notes.h"
#include "platform/refusal.h"

#define ANSWER_SIZE (1 << 15)
/* The kernel searches for each one that it is asked about; asked for all, it goes through them once. */
#define FEW 8
#define SEND_SHUTDOWN 2 /* the kernel's, of an end that sends no more */

static const struct kind pair_kind;
static unsigned long device; /* all sockets are of one */

static struct descriptor *next_candidate(struct descriptor *before);
static void ask(long diagnosis, unsigned long inode);
static void note_peer(struct nlmsghdr *head);
static struct descriptor *candidate_with(unsigned long inode);
static int has_packets(const struct descriptor *end);
static int peek(struct descriptor *end);

/* Find the other end of each, and note what is on its way. One whose other end is elsewhere is as any socket. */
int pair_sockets(void)
{
    int count = 0;
    for (struct descriptor *end = 0; (end = next_candidate(end));) count++, device = end->device;
    long diagnosis = count < 2 ? -1 : call(socket, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (diagnosis >= 0 && count > FEW) ask(diagnosis, 0);
    for (struct descriptor *end = 0; diagnosis >= 0 && count <= FEW && (end = next_candidate(end));)
        if (end->same == end) ask(diagnosis, end->inode);
    if (diagnosis >= 0) call(close, diagnosis);
    for (struct descriptor *end = 0; (end = next_candidate(end));)
        if (end->partner && has_packets(end)) {
            end->partner->partner = 0;
            end->partner = 0;
        }
    for (struct descriptor *end = 0; (end = next_candidate(end));) {
        if (!end->same->partner) continue;
        end->kind = &pair_kind;
        if (end->partner && peek(end) < 0) return -1;
    }
    return 0;
}

static struct descriptor *next_candidate(struct descriptor *before)
{
    while ((before = next_of(&socket_kind, before)))
        if (before->socket->may_be_pair) break;
    return before;
}

/* Where packets wait, the bytes alone would not tell where each ends. */
static int has_packets(const struct descriptor *end)
{
    int unread = 0;
    return end->socket->type != SOCK_STREAM && call(ioctl, end->number, FIONREAD, &unread) == 0 && unread;
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
    static _Alignas(struct nlmsghdr) char answer[ANSWER_SIZE];
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
    struct descriptor *end = candidate_with(about->udiag_ino), *peer;
    struct rtattr *attribute = (struct rtattr *)((char *)about + NLMSG_ALIGN(sizeof *about));
    long rest = (long)(head->nlmsg_len - NLMSG_LENGTH(sizeof *about));
    if (!end) return;
    for (; RTA_OK(attribute, rest); attribute = RTA_NEXT(attribute, rest)) {
        if (attribute->rta_type == UNIX_DIAG_SHUTDOWN) end->socket->shut = *(unsigned char *)RTA_DATA(attribute);
        if (attribute->rta_type != UNIX_DIAG_PEER) continue;
        peer = candidate_with(*(unsigned *)RTA_DATA(attribute));
        if (!peer || peer == end) continue;
        end->partner = peer;
        peer->partner = end;
    }
}

static struct descriptor *candidate_with(unsigned long inode)
{
    struct descriptor *found = descriptor_of(device, inode);
    return found && found->kind == &socket_kind && found->socket->may_be_pair ? found : 0;
}

static int peek(struct descriptor *end)
{
    int unread = 0;
    call(ioctl, end->number, FIONREAD, &unread);
    if (unread == 0) return 0;
    char *bytes = reserve_bytes(end, unread);
    if (!bytes) return -1;
    struct iovec place = {bytes, (size_t)unread};
    struct msghdr message = {.msg_iov = &place, .msg_iovlen = 1};
    long got = call(recvmsg, end->number, &message, MSG_PEEK | MSG_DONTWAIT);
    /* A look ends before bytes that carry descriptors, and cuts the descriptors off, as no place is given for them. */
    return got == unread && !(message.msg_flags & MSG_CTRUNC)
             ? 0
             : refuse("descriptors are on their way through a socket pair");
}

static int inspect(struct descriptor *end)
{
    (void)end;
    return 1;
}

static int suspend(struct descriptor *end)
{
    return reserve_number(end);
}

static int resume(struct descriptor *end)
{
    int ends[2];
    struct descriptor *partner = end->partner;
    if (partner < end) return 0; /* Made already, together with the other end. */
    if (call(socketpair, AF_UNIX, end->socket->type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) < 0) return -1;
    if (write_unread(end, ends[1]) < 0 || write_unread(partner, ends[0]) < 0) return -1;
    for (int i = 0; i < 2; i++) {
        const struct descriptor *each = i ? partner : end;
        /* What one end does not send the other does not receive: the kernel sees to that. */
        if (each->socket->shut & SEND_SHUTDOWN) call(shutdown, ends[i], SHUT_WR);
        call(fcntl, ends[i], F_SETFL, each->status);
        if (install(ends[i], each) < 0) return -1;
    }
    return 0;
}

static const struct kind pair_kind = {inspect, suspend, resume, 0};

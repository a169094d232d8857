/* The socket may be non-blocking, as all are after `socket.setdefaulttimeout`: each call waits for its turn. */

#include "control.h"

#include <poll.h>
#include <sys/socket.h>

#include "platform/endings.h"

static void await(int control, short event)
{
    struct pollfd wanted = {control, event, 0};
    call(ppoll, &wanted, 1, 0, 0, 8);
}

void receive(int control, void *data, long size)
{
    char *bytes = data;
    while (size > 0) {
        await(control, POLLIN);
        long got = call(read, control, bytes, size);
        if (got == 0) end_process(UNNEEDED);
        if (got == -EAGAIN || got == -EINTR) continue;
        if (got < 0) end_process(got == -ECONNRESET ? UNNEEDED : CONTROL_BROKEN);
        bytes += got;
        size -= got;
    }
}

int receive_handed(int control, void *bytes, long size, int *files, int most)
{
    union { struct cmsghdr head; char room[CMSG_SPACE(MOST_HANDED * sizeof(int))]; } rights;
    struct iovec place = {bytes, (size_t)size};
    struct msghdr message = {
        .msg_iov = &place, .msg_iovlen = 1, .msg_control = &rights, .msg_controllen = CMSG_SPACE(most * sizeof(int))};
    long got;
    do await(control, POLLIN);
    while ((got = call(recvmsg, control, &message, MSG_CMSG_CLOEXEC)) == -EAGAIN || got == -EINTR);
    if (got <= 0) end_process(got == 0 || got == -ECONNRESET ? UNNEEDED : CONTROL_BROKEN);
    receive(control, (char *)bytes + got, size - got);
    if (message.msg_controllen < sizeof rights.head) return 0;
    int count = (int)((rights.head.cmsg_len - CMSG_LEN(0)) / sizeof(int));
    if (count > most) count = most; /* Padding may have held one more. */
    for (int i = 0; i < count; i++) files[i] = ((int *)CMSG_DATA(&rights.head))[i];
    return count;
}

void report(int control, enum report kind, long value)
{
    int record[] = {kind, (int)value};
    send_all(control, record, sizeof record);
}

void send_all(int control, const void *data, long size)
{
    const char *bytes = data;
    while (size > 0) {
        long sent = call(sendto, control, bytes, size, MSG_NOSIGNAL, 0, 0);
        if (sent == -EAGAIN) await(control, POLLOUT);
        else if (sent == -EPIPE || sent == -ECONNRESET) end_process(UNNEEDED);
        else if (sent < 0 && sent != -EINTR) end_process(CONTROL_BROKEN);
        else if (sent > 0) bytes += sent, size -= sent;
    }
}

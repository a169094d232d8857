/* The sleeping copy: one kernel thread that waits for the host's word. It never becomes the live process
 * itself: woken, it makes one more copy, so that it can be woken again, and a wake that fails costs nothing.
 *
 * The README has a table of what the host sends and what it is told. */

#include "sleeper.h"

#include <poll.h>
#include <sched.h>
#include <sys/socket.h>

#include "descriptors.h"
#include "endings.h"
#include "handover.h"
#include "text.h"

enum report { ASLEEP = 1, WOKEN = 2, NOT_WOKEN = 3, WANTED = 4, HANDED = 5, FORESEEN = 6 };
#define MOST_FORESEEN 32
/* Sleepers go before the live process where memory runs out: half of what decides such a choice. */
#define OOM_RAISE 500
#define OOM_MOST 1000
#define OOM_FILE "/proc/self/oom_score_adj"

static char oom_score[16];

static void write_oom_score(const char *score);
static void lead_group(void);
static int is_copy(int control, int *cleared);
static int awake(int control, int line);
static void receive(int control, char *bytes, long size);
static int receive_line(int control);
static void tell_foreseen(int control);
static void tell_wanted(int control);
static void take(int control);
static int receive_handed(int control, void *bytes, long size, int *files, int room);
static void report(int control, enum report kind, long value);
static void send_all(int control, const void *data, long size);

void fall_asleep(void)
{
    char raised[16];
    lead_group();
    if (read_file(OOM_FILE, oom_score, sizeof oom_score) > 0) {
        long score = (*oom_score == '-' ? -(long)number_in(oom_score + 1, 10) : (long)number_in(oom_score, 10)) + OOM_RAISE;
        append_number(raised, raised + sizeof raised, score > OOM_MOST ? OOM_MOST : score);
        write_oom_score(raised);
    }
    if (put_away_descriptors() < 0) end_process(SLEEP_DESCRIPTOR);
}

int sleep_until_woken(int control, int *cleared)
{
    report(control, ASLEEP, call(getpid));
    for (;;) {
        char command;
        receive(control, &command, 1);
        if (command == 'w') {
            if (is_copy(control, cleared)) return awake(control, NO_LINE);
            let_go_of_handed();
        } else if (command == 's') {
            int line = receive_line(control);
            if (line == NO_LINE) report(control, NOT_WOKEN, EMFILE);
            else if (is_copy(control, cleared)) return awake(control, line);
            call(close, line);
        } else if (command == 'l') {
            tell_foreseen(control);
        } else if (command == 'q') {
            tell_wanted(control);
        } else if (command == 'h') {
            take(control);
        } else if (command == 'f') {
            let_go_of_handed();
        } else {
            end_process(CONTROL_BROKEN);
        }
    }
}

static int awake(int control, int line)
{
    lead_group();
    call(close, control);
    /* A scribe goes first, as its sleeper does: it can be made again. */
    if (line == NO_LINE && *oom_score) write_oom_score(oom_score);
    return line;
}

/* Make one more copy; return whether this is it. */
static int is_copy(int control, int *cleared)
{
    long pid = clone_process(CLONE_PARENT | CLONE_CHILD_CLEARTID, cleared);
    if (pid > 0) report(control, WOKEN, pid);
    else if (pid < 0) report(control, NOT_WOKEN, -pid);
    return pid == 0;
}

/* Not in the foreground group, so that the terminal's signals reach the live process alone. */
static void lead_group(void)
{
    if (call(setpgid, 0, 0) < 0) end_process(GROUP_REFUSED);
}

static void write_oom_score(const char *score)
{
    long length = 0, file = call(openat, AT_FDCWD, OOM_FILE, O_WRONLY | O_CLOEXEC);
    while (score[length]) length++;
    /* Where it is refused the sleeper is as likely to be chosen as the live process, and nothing else is lost. */
    if (file >= 0) call(write, file, score, length), call(close, file);
}

/* The socket may be non-blocking, as all are after `socket.setdefaulttimeout`. */
static void await(int control, short event)
{
    struct pollfd wanted = {control, event, 0};
    call(ppoll, &wanted, 1, 0, 0, 8);
}

static void receive(int control, char *bytes, long size)
{
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

/* Return the descriptor that is handed over with the next byte, NO_LINE where there is no number left for it. */
static int receive_line(int control)
{
    char byte;
    int line;
    return receive_handed(control, &byte, 1, &line, 1) ? line : NO_LINE;
}

static void tell_wanted(int control)
{
    const struct wanted *list;
    int count = list_wanted(&list);
    report(control, WANTED, count);
    send_all(control, list, count * (long)sizeof *list);
}

/* Which places in the list, and a descriptor for each: as many as there are numbers for. */
static void take(int control)
{
    int count, places[MOST_HANDED], files[MOST_HANDED];
    receive(control, (char *)&count, sizeof count);
    if (count < 0 || count > MOST_HANDED) end_process(CONTROL_BROKEN);
    int got = receive_handed(control, places, count * (long)sizeof *places, files, count);
    for (int i = 0; i < got; i++) put_handed(places[i], files[i]);
    report(control, HANDED, got);
}

/* Receive bytes with descriptors; return how many of these there are. */
static int receive_handed(int control, void *bytes, long size, int *files, int room)
{
    union { struct cmsghdr head; char room[CMSG_SPACE(MOST_HANDED * sizeof(int))]; } rights;
    struct iovec place = {bytes, (size_t)size};
    struct msghdr message = {
        .msg_iov = &place, .msg_iovlen = 1, .msg_control = &rights, .msg_controllen = CMSG_SPACE(room * sizeof(int))};
    long got;
    do await(control, POLLIN);
    while ((got = call(recvmsg, control, &message, MSG_CMSG_CLOEXEC)) == -EAGAIN || got == -EINTR);
    if (got <= 0) end_process(got == 0 || got == -ECONNRESET ? UNNEEDED : CONTROL_BROKEN);
    receive(control, (char *)bytes + got, size - got);
    if (message.msg_controllen < sizeof rights.head) return 0;
    int count = (int)((rights.head.cmsg_len - CMSG_LEN(0)) / sizeof(int));
    for (int i = 0; i < count; i++) files[i] = ((int *)CMSG_DATA(&rights.head))[i];
    return count;
}

/* Their number, and then one report each. */
static void tell_foreseen(int control)
{
    int numbers[MOST_FORESEEN], count = foresee_files(numbers, MOST_FORESEEN);
    report(control, FORESEEN, count);
    for (int i = 0; i < count; i++) report(control, FORESEEN, numbers[i]);
}

static void report(int control, enum report kind, long value)
{
    int record[] = {kind, (int)value};
    send_all(control, record, sizeof record);
}

static void send_all(int control, const void *data, long size)
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

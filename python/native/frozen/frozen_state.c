/* The frozen state: one kernel thread that waits for the host's word. It never becomes the live process
 * itself: woken, it makes one more copy, so that it can be woken again, and a wake that fails costs nothing.
 *
 * The README has a table of what the host sends and what it is told. */

#include "frozen.h"

#include <sched.h>

#include "control.h"
#include "descriptors/descriptors.h"
#include "files/files.h"
#include "platform/endings.h"
#include "platform/text.h"

#define MOST_FORESEEN 32
/* Where memory runs out the kernel is to end frozen states before the live process: added to their score of 0 to
 * 1000. */
#define OOM_RAISE 500
#define OOM_MOST 1000
#define OOM_FILE "/proc/self/oom_score_adj"

static char oom_score[16];

static void write_oom_score(const char *score);
static void lead_group(void);
static long copy_again(int *cleared);
static void tell_of_copy(int control, long pid);
static int awake(int control, int line);
static int receive_line(int control);
static void tell_foreseen(int control);
static void tell_wanted(int control);
static void take(int control);

void fall_asleep(void)
{
    char raised[16];
    lead_group();
    if (read_file(OOM_FILE, oom_score, sizeof oom_score) > 0) {
        int is_negative = *oom_score == '-';
        long size = (long)number_in(oom_score + is_negative, 10), score = (is_negative ? -size : size) + OOM_RAISE;
        append_number(raised, raised + sizeof raised, score > OOM_MOST ? OOM_MOST : score);
        write_oom_score(raised);
    }
    if (suspend_descriptors() < 0) end_process(SLEEP_DESCRIPTOR);
}

int sleep_until_woken(int control, int *cleared)
{
    forget_handed();
    report(control, ASLEEP, call(getpid));
    for (;;) {
        char command;
        receive(control, &command, 1);
        if (command == 'w') {
            long pid = copy_again(cleared);
            if (pid == 0) return awake(control, NO_LINE);
            /* Before anybody learns that it is on its way: it may close what it has been given. */
            if (pid > 0) close_handed();
            tell_of_copy(control, pid);
        } else if (command == 's') {
            int line = receive_line(control);
            long pid = line == NO_LINE ? -EMFILE : copy_again(cleared);
            if (pid == 0) return awake(control, line);
            call(close, line);
            tell_of_copy(control, pid);
        } else if (command == 'l') {
            tell_foreseen(control);
        } else if (command == 'q') {
            tell_wanted(control);
        } else if (command == 'h') {
            take(control);
        } else if (command == 'f') {
            close_handed();
        } else {
            end_process(CONTROL_BROKEN);
        }
    }
}

static int awake(int control, int line)
{
    lead_group();
    call(close, control);
    /* A checkpoint writer goes first, as its frozen state does: it can be made again. */
    if (line == NO_LINE && *oom_score) write_oom_score(oom_score);
    return line;
}

/* Return 0 in the copy. */
static long copy_again(int *cleared)
{
    return clone_process(CLONE_PARENT | CLONE_CHILD_CLEARTID, cleared);
}

static void tell_of_copy(int control, long pid)
{
    report(control, pid > 0 ? WOKEN : NOT_WOKEN, pid > 0 ? pid : -pid);
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
    /* Where it is refused the frozen state is as likely to be chosen as the live process, and nothing else is lost. */
    if (file >= 0) call(write, file, score, length), call(close, file);
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
    receive(control, &count, sizeof count);
    if (count < 0 || count > MOST_HANDED) end_process(CONTROL_BROKEN);
    int got = receive_handed(control, places, count * (long)sizeof *places, files, count);
    for (int i = 0; i < got; i++) install_handed(places[i], files[i]);
    report(control, HANDED, got);
}

/* Their number, and then one report each. */
static void tell_foreseen(int control)
{
    int numbers[MOST_FORESEEN], count = foresee_files(numbers, MOST_FORESEEN);
    report(control, FORESEEN, count);
    for (int i = 0; i < count; i++) report(control, FORESEEN, numbers[i]);
}

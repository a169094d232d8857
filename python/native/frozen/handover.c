/* In a frozen state: sockets and terminals are in one place at a time, with the live process. Only when the host is
 * about to end that process for this copy's sake they are put under their numbers, the woken copy inherits them, and
 * the frozen state closes them again. */

#include "control.h"

#include "descriptors/descriptors.h"
#include "platform/endings.h"
#include "sockets/sockets.h"

#define MOST_WANTED (1 << 16)

enum { SOCKET, TERMINAL };

static struct wanted list[MOST_WANTED];
static struct descriptor *descriptors[MOST_WANTED];
static int used;

static void add_all(const struct kind *kind, int number);

int list_wanted(const struct wanted **wanted)
{
    used = 0;
    add_all(&socket_kind, SOCKET);
    add_all(&terminal_kind, TERMINAL);
    *wanted = list;
    return used;
}

/* Nothing has been handed to a new frozen state; what was handed to the one before may have another's number by now. */
void forget_handed(void)
{
    used = 0;
}

static void add_all(const struct kind *kind, int number)
{
    for (struct descriptor *each = 0; used < MOST_WANTED && (each = next_of(kind, each));) {
        if (each->same != each) continue;
        descriptors[used] = each;
        list[used++] = (struct wanted){number, 0, number == SOCKET ? each->inode : each->terminal};
    }
}

void install_handed(int place, int file)
{
    if (place < 0 || place >= used || install(file, descriptors[place]) < 0) end_process(CONTROL_BROKEN);
    descriptors[place]->is_handed = 1;
}

void close_handed(void)
{
    for (int i = 0; i < used; i++) {
        if (!descriptors[i]->is_handed) continue;
        if (reserve_number(descriptors[i]) < 0) end_process(SLEEP_DESCRIPTOR);
        descriptors[i]->is_handed = 0;
    }
}

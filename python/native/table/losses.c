/* The list of what a woken copy has lost: a few by name, and how many there are in all. */

#include "losses.h"

#include "platform/export.h"

#define MOST_NAMED 64

static struct loss { int reason; struct name name; } losses[MOST_NAMED];
static int count;

void forget_losses(void)
{
    count = 0;
}

void lose(enum reason reason, const struct name *name)
{
    if (count < MOST_NAMED) {
        losses[count].reason = reason;
        losses[count].name.size = 0;
        if (name) losses[count].name = *name;
    }
    count++;
}

/* Fill in one of them, where it has a name; return how many there are. */
EXPORT int pyrepl3_lost(int index, struct loss *loss)
{
    if (index < count && index < MOST_NAMED) *loss = losses[index];
    return count;
}

/* The table itself: filled at the freeze in the order of the numbers, and searched by number and by inode. */

#include "table.h"

#define MOST_DESCRIPTORS (1 << 16)
#define PLACES (2 * MOST_DESCRIPTORS)

static struct descriptor descriptors[MOST_DESCRIPTORS];
static int used;
/* Where they are, by inode: a server may have thousands. */
static struct descriptor *by_inode[PLACES];

static unsigned place_of(unsigned long device, unsigned long inode);
static int is_taken(unsigned place);

void forget_descriptors(void)
{
    used = 0;
}

struct descriptor *new_descriptor(void)
{
    return used < MOST_DESCRIPTORS ? &descriptors[used] : 0;
}

struct descriptor *add_descriptor(struct descriptor *descriptor)
{
    used++;
    unsigned place = place_of(descriptor->device, descriptor->inode);
    if (is_taken(place)) return by_inode[place];
    by_inode[place] = descriptor;
    descriptor->place = place + 1;
    return descriptor;
}

struct descriptor *next_descriptor(struct descriptor *before)
{
    struct descriptor *next = before ? before + 1 : descriptors;
    return next < descriptors + used ? next : 0;
}

struct descriptor *next_of(const struct kind *kind, struct descriptor *before)
{
    for (struct descriptor *each = before ? before + 1 : descriptors; each < descriptors + used; each++)
        if (each->kind == kind) return each;
    return 0;
}

struct descriptor *descriptor_with(int number)
{
    for (struct descriptor *each = descriptors; each < descriptors + used; each++)
        if (each->number == number) return each;
    return 0;
}

struct descriptor *descriptor_of(unsigned long device, unsigned long inode)
{
    unsigned place = place_of(device, inode);
    return is_taken(place) ? by_inode[place] : 0;
}

/* Return the place of this inode, or the free one where it would be put. */
static unsigned place_of(unsigned long device, unsigned long inode)
{
    unsigned place = (unsigned)inode % PLACES;
    while (is_taken(place) && (by_inode[place]->inode != inode || by_inode[place]->device != device))
        place = (place + 1) % PLACES;
    return place;
}

/* The index is not cleared between freezes: an entry counts only if its descriptor, too, names this place. */
static int is_taken(unsigned place)
{
    struct descriptor *descriptor = by_inode[place];
    return descriptor && descriptor < descriptors + used && descriptor->place == place + 1;
}

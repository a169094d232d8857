/* What the live process had when the copy was made, and the host hands over before it ends that process. */
#pragma once

/* In one message: the kernel takes 253. */
#define MOST_HANDED 200

struct wanted {
    int kind;         /* see handover.c */
    int reserved;
    unsigned long id; /* by which the host finds it among the live process's */
};

int list_wanted(const struct wanted **list); /* how many there are */
void put_handed(int place, int file); /* place in that list; closes `file` */
void let_go_of_handed(void);

/* A frozen state's socket to the host: what comes whole or not at all. Where it has ended the frozen state ends. */
#pragma once

/* In one message: the kernel takes 253. */
#define MOST_HANDED 200

enum report { ASLEEP = 1, WOKEN = 2, NOT_WOKEN = 3, WANTED = 4, HANDED = 5, FORESEEN = 6 };

void receive(int control, void *bytes, long size);
/* Bytes with descriptors, `most` at most; returns how many have come. */
int receive_handed(int control, void *bytes, long size, int *files, int most);
void report(int control, enum report kind, long value);
void send_all(int control, const void *data, long size);

/* handover.c: what the live process had when the copy was made, and the host hands over before it ends that process. */
struct wanted {
    int kind;         /* see handover.c */
    int reserved;
    unsigned long id; /* by which the host finds it among the live process's */
};

int list_wanted(const struct wanted **list); /* how many there are */
void install_handed(int place, int file); /* place in that list; closes `file` */
void close_handed(void);
void forget_handed(void);

/* What is noted of a socket at the freeze, and who notes it. */
#pragma once

#include "table/address.h"
#include "table/table.h"

enum use {
    LISTENS,
    CONNECTED, /* a stream, or packets that arrive in their order, to one peer */
    OVER,      /* a connection that has ended: what is unread can be read, and then it is dead */
    IDLE,      /* what may become either of the first two */
    PACKETS,   /* each for itself, connected or not */
};

/* How far a connection has come, as the program has written and read it: what is on its way does not count. */
struct progress {
    int is_known, is_own;
    unsigned char state; /* of TCP */
    unsigned long sent, received;
    int unread, unsent, can_send; /* of the others, which count nothing */
    unsigned long beginning;      /* a hash of the unread bytes */
};

struct socket_note {
    int domain, type, protocol;
    enum use use;
    struct name here, there;
    int shut;
    int backlog, options[6];
    unsigned mode; /* of the path */
    int may_be_pair;
    struct progress progress;
};

/* notes.c */
struct socket_note *new_note(void); /* 0: there are too many */
void note_use(int number, struct socket_note *note);
int option(int number, int level, int name); /* ABSENT where there is no such */
enum { ABSENT = -1 };

/* progress.c */
int count_tcp(int number, struct progress *progress); /* 0: it cannot be told; the state is */
void note_others(int number, struct socket_note *note);
enum change { UNCHANGED, ENDED, WENT_ON, UNCERTAIN } change_since_freeze(int number, const struct socket_note *note);

/* bound.c */
void note_binding(int number, struct socket_note *note);
long recreate_socket(const struct descriptor *descriptor, int *is_whole); /* -E... where none can be made */

/* reset.c */
long reset_connection(const struct socket_note *note);

/* displays.c */
int refuse_display(const struct socket_note *note); /* 0: it leads to none */

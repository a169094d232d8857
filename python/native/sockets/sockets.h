/* Sockets: what is noted of each at the freeze, and how a woken copy gets them back. */
#pragma once

#include "table/table.h"

extern const struct kind socket_kind;

/* notes.c */
void forget_sockets(void);

/* pairs.c */
int pair_sockets(void); /* -1: refused */

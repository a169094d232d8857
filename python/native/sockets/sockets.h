/* Sockets: what is noted of each at the freeze, and how a woken copy gets them back. */
#pragma once

#include "table/table.h"

extern const struct kind socket_kind;

/* notes.c */
void forget_sockets(void);

/* displays.c */
void know_displays(const char *displays, const char *buses); /* as the environment names them, each on a line */

/* pairs.c */
int pair_sockets(void); /* -1: refused */

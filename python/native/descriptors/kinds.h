/* The kinds of descriptors that are neither files nor sockets, and which kind a descriptor is of. */
#pragma once

#include "table/table.h"

/* Return 0 where the descriptor may stay shared, and -1 where no copy may be made beside it. */
int classify(struct descriptor *descriptor, const struct stat *status);

/* pipes.c */
extern const struct kind pipe_kind, fifo_kind;
int pair_pipes(void); /* -1: refused */

/* polls.c */
extern const struct kind counter_kind, timer_kind, watch_set_kind, signals_kind, process_kind, file_watch_kind;

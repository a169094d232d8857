/* Every descriptor of the process: what becomes of it at the freeze, in a frozen state and in a woken one. */
#pragma once

#include "platform/facts.h"
#include "table/table.h"

int inspect_descriptors(int control, const struct facts *facts); /* -1: refused */
int has_suspended(void); /* whether a copy closes anything as it falls asleep */
int suspend_descriptors(void);
int resume_descriptors(void);

/* polls.c */
int add_watches(void); /* when every descriptor that is watched is back */

/* terminals.c */
extern const struct kind terminal_kind;

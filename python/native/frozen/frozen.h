/* The frozen state: one kernel thread that waits for the host's word. */
#pragma once

#include "platform/facts.h"

void fall_asleep(void);
/* Returns in each copy that it forks, never in itself: in a checkpoint writer its line to the host, else NO_LINE. */
int sleep_until_woken(int control, int *cleared);

enum { NO_LINE = -1 };

/* checkpoint_writer.c */
int leave_all_descriptors(int line); /* but for the line to the host, whose number from now on it returns */
void leave_all_threads(const struct facts *facts); /* runs Python code */

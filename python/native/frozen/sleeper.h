/* The sleeping copy: one kernel thread that waits for the host's word. */
#pragma once

void fall_asleep(void);
/* Returns in each copy that it brings forth, never in itself: in a scribe its line to the host, else NO_LINE. */
int sleep_until_woken(int control, int *cleared);

enum { NO_LINE = -1 };

/* The sleeping copy: one kernel thread that waits for the host's word. */
#pragma once

void fall_asleep(void);
void sleep_until_woken(int control, int *cleared); /* returns in each process that it wakes, never in itself */

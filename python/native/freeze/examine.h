/* What is to be known of threads that are parked, and of those that are not. */
#pragma once

#include "threads.h"

/* Each returns REFUSED where no copy may be made. */
int examine_parked(unsigned freeze);
int refuse_stubborn(unsigned freeze);
int refuse_thread(int tid, const char *clause); /* 0: it has ended in the meantime */

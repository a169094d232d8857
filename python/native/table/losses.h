/* What a woken copy could not get back as it was, for Python to put into words. */
#pragma once

#include "address.h"

enum reason { CLOSED = 1, GONE_ON, PERHAPS_GONE_ON, NOT_LISTENING, NOT_OPENED, TERMINAL_CLOSED, WATCHES_NOTHING };

void forget_losses(void);
void lose(enum reason reason, const struct name *name); /* no name: 0 */

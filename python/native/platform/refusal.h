/* Why the process cannot be copied now, in one clause for the user. */
#pragma once

/* What is returned where no copy is made: not now, or not by this object ever, though a plain fork might do. */
enum { REFUSED = -1, UNSUITED = -2 };

/* Each returns REFUSED, so that one can say `return refuse(...)`. */
int refuse(const char *clause);
int refuse_with(const char *before, const char *middle, const char *behind);
int refuse_error(const char *clause, long error);

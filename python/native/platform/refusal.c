#include "refusal.h"

#include "export.h"
#include "text.h"

static char reason[256];

EXPORT const char *pyrepl3_reason(void)
{
    return reason;
}

int refuse(const char *clause)
{
    return refuse_with(clause, "", "");
}

int refuse_with(const char *before, const char *middle, const char *behind)
{
    const char *end = reason + sizeof reason;
    append(append(append(reason, end, before), end, middle), end, behind);
    return REFUSED;
}

/* Such as `the process cannot be copied (error 11)`. */
int refuse_error(const char *clause, long error)
{
    const char *end = reason + sizeof reason;
    append(append_number(append(append(reason, end, clause), end, " (error "), end, -error), end, ")");
    return REFUSED;
}

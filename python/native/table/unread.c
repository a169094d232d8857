/* The bytes that private pipes and socket pairs held at the freeze. */

#include "platform/refusal.h"
#include "table.h"

#define MOST_BYTES (1 << 20)

static char bytes[MOST_BYTES];
static long used;

void forget_bytes(void)
{
    used = 0;
}

char *reserve_bytes(struct descriptor *descriptor, long size)
{
    if (size > MOST_BYTES - used) {
        refuse("more than 1 MB waits unread in pipes");
        return 0;
    }
    descriptor->unread = used;
    descriptor->unread_size = size;
    used += size;
    return bytes + descriptor->unread;
}

int write_unread(const struct descriptor *reader, int into)
{
    long done = 0, result;
    while (done < reader->unread_size) {
        result = call(write, into, bytes + reader->unread + done, reader->unread_size - done);
        if (result <= 0) return -1;
        done += result;
    }
    return 0;
}

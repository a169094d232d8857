/* What is put under a descriptor's number, and what the kernel tells of it. */

#include "table.h"

#include "platform/refusal.h"
#include "platform/text.h"

#define DETAILS_SIZE (1 << 20)

int install(long file, const struct descriptor *descriptor)
{
    if (file < 0) return -1;
    long result = call(dup3, file, descriptor->number, descriptor->is_closed_on_exec ? O_CLOEXEC : 0);
    call(close, file);
    return result < 0 ? -1 : 0;
}

int install_duplicates(const struct descriptor *first)
{
    for (struct descriptor *each = 0; (each = next_descriptor(each));)
        if (each->same == first && each != first && install(call(dup, first->number), each) < 0) return -1;
    return 0;
}

long reopen(int number, int flags)
{
    char path[PATH_SIZE];
    return call(openat, AT_FDCWD, path_with(path, "/proc/self/fd/", number, ""), flags | O_CLOEXEC);
}

/* `open_tree` does it without a walk through /proc, five times as fast; filters may forbid it. */
long open_reference(int number)
{
    long reference = call(open_tree, number, "", AT_EMPTY_PATH | O_CLOEXEC);
    return reference < 0 ? reopen(number, O_PATH) : reference;
}

int reserve_number(struct descriptor *descriptor)
{
    return install(call(openat, AT_FDCWD, "/", O_PATH | O_CLOEXEC), descriptor);
}

const char *descriptor_details(int number)
{
    static char details[DETAILS_SIZE];
    char path[PATH_SIZE];
    long size = read_file(path_with(path, "/proc/self/fdinfo/", number, ""), details, sizeof details);
    if (size >= 0) return details;
    refuse_error(size == -E2BIG ? "an epoll set is too large" : "a descriptor cannot be examined", size);
    return 0;
}

/* Which descriptors were made by `dup` and are one open file, with one position and one set of flags. */

#include <linux/kcmp.h>

#include "descriptors.h"

static int order(const struct descriptor *one, const struct descriptor *other);
static int is_moved_with(const struct descriptor *one, const struct descriptor *other);

/* Those of one inode are kept as a tree, as a program may open one file ten thousand times. */
struct descriptor *first_of_file(struct descriptor *descriptor, struct descriptor *root)
{
    /* Each of these has an inode of its own. */
    if ((descriptor->mode & S_IFMT) == S_IFSOCK) return root;
    for (;;) {
        int result = order(descriptor, root);
        if (result == 0) return root;
        struct descriptor **next = result < 0 ? &root->before : &root->behind;
        if (!*next) return *next = descriptor;
        root = *next;
    }
}

/* The kernel compares open files, in an order of its own; where a filter forbids that, duplicates are told apart by
 * what they do. */
static int order(const struct descriptor *one, const struct descriptor *other)
{
    long self = call(getpid);
    if (one->kind == &counter && one->counter.id && other->kind == &counter)
        return one->counter.id == other->counter.id ? 0 : one->counter.id < other->counter.id ? -1 : 1;
    long result = call(kcmp, self, self, KCMP_FILE, one->number, other->number);
    if (result >= 0) return result == 0 ? 0 : result == 1 ? -1 : 1;
    return is_moved_with(one, other) ? 0 : 1;
}

/* Whether to move one moves the other. */
static int is_moved_with(const struct descriptor *one, const struct descriptor *other)
{
    if (one->kind != &file || (one->mode & S_IFMT) != S_IFREG || one->status != other->status) return 0;
    long position = one->file.position;
    if (position < 0 || position != other->file.position) return 0;
    call(lseek, one->number, position + 1, SEEK_SET);
    int is_same = call(lseek, other->number, 0, SEEK_CUR) == position + 1;
    call(lseek, one->number, position, SEEK_SET);
    return is_same;
}

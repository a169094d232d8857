/* Which descriptors were made by `dup` and are one open file, with one position and one set of flags. */

#include <linux/kcmp.h>

#include "table.h"

static int order(const struct descriptor *one, const struct descriptor *other);

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
    if (one->open_file && other->open_file)
        return one->open_file == other->open_file ? 0 : one->open_file < other->open_file ? -1 : 1;
    long result = call(kcmp, self, self, KCMP_FILE, one->number, other->number);
    if (result >= 0) return result == 0 ? 0 : result == 1 ? -1 : 1;
    return one->kind == other->kind && one->kind->is_same && one->kind->is_same(one, other) ? 0 : 1;
}

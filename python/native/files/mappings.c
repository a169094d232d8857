/* Files that are mapped into memory and shared. A mapping keeps its file open, and with it what is locked by the open
 * file: a frozen state has none of these, only their place, and maps them again when it is woken. */

#include "files.h"

#include <sys/mman.h>

#include "platform/text.h"

#define MOST_MAPPINGS 256
#define CHUNK (1 << 16)

static struct mapping {
    char *start;
    long size, offset;
    int protection;
    const struct descriptor *file;
} mappings[MOST_MAPPINGS];
static int used;

static void list(int is_wanted(const struct descriptor *file));
static const char *note(const char *line, int is_wanted(const struct descriptor *file));
static const struct descriptor *file_with(unsigned long inode); /* the first one */

/* In the copy, when it has only references to its files. */
void suspend_mappings(void)
{
    used = 0;
    if (!holds_open_file_locks(0)) return;
    list(holds_open_file_locks);
    for (struct mapping *each = mappings; each < mappings + used; each++)
        call(mmap, each->start, each->size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
}

/* `kind` is MAP_SHARED; or MAP_PRIVATE in a checkpoint writer, which may write to its memory and to nothing else. */
int resume_mappings(int kind)
{
    for (struct mapping *each = mappings; each < mappings + used; each++) {
        int protection = each->protection, is_written = kind == MAP_SHARED && protection & PROT_WRITE;
        long again = reopen(each->file->number, is_written ? O_RDWR : O_RDONLY);
        if (again < 0 && is_written) {
            again = reopen(each->file->number, O_RDONLY);
            protection &= ~PROT_WRITE;
        }
        if (again < 0) return -1;
        long result = call(mmap, each->start, each->size, protection, kind | MAP_FIXED, again, each->offset);
        call(close, again);
        if (result < 0 && result > -4096) return -1;
    }
    return 0;
}

/* Whether a wanted file is mapped shared and can be written through memory. */
int is_mapped_to_write(int is_wanted(const struct descriptor *file))
{
    used = 0;
    list(is_wanted);
    for (struct mapping *each = mappings; each < mappings + used; each++)
        if (each->protection & PROT_WRITE) return 1;
    return 0;
}

/* Go through `/proc/self/maps` by lines, as far as they have been read as a whole. */
static void list(int is_wanted(const struct descriptor *file))
{
    static char text[CHUNK];
    long size = 0, got, maps = call(openat, AT_FDCWD, "/proc/self/maps", O_RDONLY | O_CLOEXEC);
    while (maps >= 0 && (got = call(read, maps, text + size, CHUNK - 1 - size)) > 0) {
        const char *line = text, *next;
        text[size += got] = 0;
        while ((next = note(line, is_wanted))) line = next;
        size -= line - text;
        for (long i = 0; i < size; i++) text[i] = line[i];
    }
    if (maps >= 0) call(close, maps);
}

/* Such as `7f00-7f10 rw-s 00000000 fe:00 99   /tmp/data`; return the next line, 0 where this one is not whole. */
static const char *note(const char *line, int is_wanted(const struct descriptor *file))
{
    const char *end = after(line, "\n"), *rights = after(line, " "), *place = after(rights ? rights : "", " ");
    if (!end) return 0;
    if (used == MOST_MAPPINGS || !place || rights[3] != 's') return end;
    unsigned long first = number_in(line, 16), last = field(line, "-", 16), inode = field(after(place, " "), " ", 10);
    const struct descriptor *mapped = inode ? file_with(inode) : 0;
    if (!mapped || !is_wanted(mapped)) return end;
    mappings[used++] = (struct mapping){
        .start = (char *)first,
        .size = (long)(last - first),
        .offset = (long)number_in(place, 16),
        .protection = (rights[0] == 'r' ? PROT_READ : 0) | (rights[1] == 'w' ? PROT_WRITE : 0) |
                      (rights[2] == 'x' ? PROT_EXEC : 0),
        .file = mapped,
    };
    return end;
}

static const struct descriptor *file_with(unsigned long inode)
{
    for (struct descriptor *each = 0; (each = next_of(&file_kind, each));)
        if (each->inode == inode) return each;
    return 0;
}

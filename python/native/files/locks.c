/* Locks of files, as the kernel tells of them in `/proc/self/fdinfo`. They end with the process or with the open file,
 * and a woken copy has neither: it takes them again, unless somebody else has them by now. */

#include "files.h"

#include <sys/file.h>

#include "platform/refusal.h"
#include "platform/text.h"

#define MOST_LOCKS 4096
#define MOST_LISTED 256
#define LIST_SIZE (1 << 15)

enum sort { OF_THE_FILE, OF_THE_PROCESS, OF_THE_DESCRIPTOR, LEASE };

static struct lock { enum sort sort; short type; long start, length; } locks[MOST_LOCKS];
static unsigned used;
/* The inodes of all locks of the system. */
static unsigned long inodes[MOST_LISTED];
static unsigned listed;
static int is_listed; /* -1: they are unknown */

static int may_be_locked(const struct descriptor *each);
static void list(void);
static int note(const char *line);
static int take(const struct descriptor *each, const struct lock *lock);

void forget_locks(void)
{
    used = 0;
    is_listed = 0;
}

/* Such as `lock:	1: POSIX  ADVISORY  WRITE 123 fe:00:99 0 EOF`. */
int note_locks(struct descriptor *each)
{
    each->file.first_lock = used;
    if (!may_be_locked(each)) return 0;
    const char *details = descriptor_details(each->number);
    if (!details) return -1;
    while ((details = after(details, "\nlock:"))) {
        if (used == MOST_LOCKS) return refuse("more than 4096 locks are held");
        used += note(details) > 0;
    }
    each->file.locks = used - each->file.first_lock;
    return 0;
}

/* Asked of each file it would cost more than all the rest, so that the system is asked once for what is locked at
 * all. Where it does not tell, or there is too much, every file may be. */
static int may_be_locked(const struct descriptor *each)
{
    if (!is_listed) list();
    if (is_listed < 0) return 1;
    for (unsigned i = 0; i < listed; i++)
        if (inodes[i] == each->inode) return 1;
    return 0;
}

/* Such as `1: FLOCK  ADVISORY  WRITE 123 fe:00:99 0 EOF`, a line each. */
static void list(void)
{
    static char text[LIST_SIZE];
    const char *place = text;
    listed = 0;
    is_listed = read_file("/proc/locks", text, sizeof text) < 0 ? -1 : 1;
    while (is_listed > 0 && *place) {
        for (int colons = 0; *place && *place != '\n' && colons < 3; place++) colons += *place == ':';
        if (listed == MOST_LISTED) is_listed = -1;
        else inodes[listed++] = number_in(place, 10);
        while (*place && *place++ != '\n') continue;
    }
}

/* Return 0 where it is of a sort that nobody takes by a call of ours. */
static int note(const char *line)
{
    static const struct { const char *name; enum sort sort; } SORTS[] = {
        {"FLOCK", OF_THE_FILE}, {"POSIX", OF_THE_PROCESS}, {"OFDLCK", OF_THE_DESCRIPTOR}, {"LEASE", LEASE},
    };
    const char *place = after(line, ": "), *word = 0;
    struct lock *lock = &locks[used];
    unsigned i = 0;
    while (place && i < sizeof SORTS / sizeof *SORTS && !starts_with(place, SORTS[i].name)) i++;
    if (!place || i == sizeof SORTS / sizeof *SORTS) return 0;
    lock->sort = SORTS[i].sort;
    /* The sort, how strict it is, and then what for: `READ`, `WRITE`. */
    for (word = place; *word && *word != '\n' && !starts_with(word, " READ ") && !starts_with(word, " WRITE ");) word++;
    lock->type = starts_with(word, " WRITE ") ? F_WRLCK : F_RDLCK;
    /* Process, device and inode, first and last byte. */
    place = after(word + 1, " ");
    for (i = 0; place && i < 2; i++) {
        while (*place == ' ') place++;
        place = after(place, " ");
    }
    if (!place) return 0;
    const char *last = after(place, " ");
    lock->start = (long)number_in(place, 10);
    lock->length = !last || starts_with(last, "EOF") ? 0 : (long)number_in(last, 10) - lock->start + 1;
    return 1;
}

int take_locks(struct descriptor *each)
{
    int failed = 0;
    for (unsigned i = 0; i < each->file.locks; i++)
        if (take(each, &locks[each->file.first_lock + i]) < 0) failed = -1;
    return failed;
}

static int take(const struct descriptor *each, const struct lock *lock)
{
    struct flock range = {.l_type = lock->type, .l_whence = SEEK_SET, .l_start = lock->start, .l_len = lock->length};
    int is_write = lock->type == F_WRLCK;
    long result = 0;
    switch (lock->sort) {
    case OF_THE_FILE: result = call(flock, each->number, (is_write ? LOCK_EX : LOCK_SH) | LOCK_NB); break;
    case OF_THE_PROCESS: result = call(fcntl, each->number, F_SETLK, &range); break;
    case OF_THE_DESCRIPTOR: result = call(fcntl, each->number, F_OFD_SETLK, &range); break;
    case LEASE: result = call(fcntl, each->number, F_SETLEASE, lock->type); break;
    }
    /* A lock of the process shows beside each descriptor of the file, also those that it cannot be taken by. */
    return result == 0 || (result == -EBADF && lock->sort == OF_THE_PROCESS) ? 0 : -1;
}

/* By a descriptor that can only read, of what was locked to write as well, as far as that can be had. */
void take_locks_to_read(struct descriptor *each)
{
    for (unsigned i = 0; i < each->file.locks; i++) {
        struct lock lock = locks[each->file.first_lock + i];
        if (lock.sort != OF_THE_FILE) lock.type = F_RDLCK;
        take(each, &lock);
    }
}

int holds_open_file_locks(const struct descriptor *each)
{
    unsigned begin = each ? each->file.first_lock : 0, end = each ? begin + each->file.locks : used;
    for (unsigned i = begin; i < end; i++)
        if (locks[i].sort == OF_THE_FILE || locks[i].sort == OF_THE_DESCRIPTOR) return 1;
    return 0;
}

int holds_process_locks(const struct descriptor *each)
{
    for (unsigned i = 0; i < each->file.locks; i++)
        if (locks[each->file.first_lock + i].sort == OF_THE_PROCESS) return 1;
    return 0;
}

int held_to_write(const struct descriptor *each)
{
    for (unsigned i = 0; i < each->file.locks; i++)
        if (locks[each->file.first_lock + i].type == F_WRLCK) return 1;
    return 0;
}

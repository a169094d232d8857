/* Files that are not what they were at the freeze, as a woken copy finds them: the program may believe things of them
 * that are not true, so that they can be read and not be written to. */

#include "files.h"

#include "platform/export.h"
#include "platform/text.h"

static int is_as_locked(struct descriptor *each);
static void restrict_access(void);
static void check_changed(struct descriptor *each);
/* What else changes of a file, its name, its owner, its rights, changes nothing in it. */
static int is_changed(const struct descriptor *each, long *size);
static int is_one_stream(const struct descriptor *each);
static void restrict_file(struct descriptor *each);

/* To close any descriptor of a file gives up all locks that the process has of it: so what is opened to look at
 * files, or to put another descriptor in the place of one, comes before the locks. */
void check_changed_files(void)
{
    int lost = 0;
    for (struct descriptor *each = 0; (each = next_of(&file_kind, each));)
        if (each->same == each) check_changed(each);
    allow_databases();
    forbid_beside();
    restrict_access();
    for (struct descriptor *each = 0; (each = next_of(&file_kind, each));)
        if (each->same == each && each->file.verdict < READ_ONLY) lost |= !is_as_locked(each);
    if (lost) {
        forbid_beside();
        restrict_access();
    }
    for (struct descriptor *each = 0; (each = next_of(&file_kind, each));) {
        if (each->same != each) continue;
        if (lost && each->file.verdict < READ_ONLY) take_locks(each);
        /* Nobody is to write while it is read; but SQLite itself checks, and others may go on with the database. */
        if (each->file.verdict == READ_ONLY && !is_sqlite(each)) take_locks_to_read(each);
    }
}

/* Lock it as it was; one that is locked by somebody else, or was written to until now, is not to be written to. */
static int is_as_locked(struct descriptor *each)
{
    long size;
    int access = each->status & O_ACCMODE, is_locked = take_locks(each) == 0;
    int is_known = each->file.cause == CHANGED || each->file.is_allowed || !each->file.locks || access == O_RDONLY;
    int is_same = is_known || !is_changed(each, &size);
    if (is_locked && is_same) return 1;
    if (access == O_RDONLY) {
        each->file.cause = LOCKED;
        return 1;
    }
    forbid_writing(each, is_locked ? CHANGED : LOCKED);
    return 0;
}

static void restrict_access(void)
{
    for (struct descriptor *each = 0; (each = next_of(&file_kind, each));)
        if (each->same == each && each->file.verdict >= READ_ONLY && each->file.cause != FORBIDDEN) restrict_file(each);
}

/* In a frozen state: write down which files could not be written to if it were woken now; return how many. */
int foresee_files(int *numbers, int most)
{
    int count = 0;
    for (struct descriptor *each = 0; (each = next_of(&file_kind, each));) {
        each->file.verdict = AS_IT_WAS;
        each->file.cause = each->file.is_allowed = 0;
        if (each->same == each) check_changed(each);
    }
    allow_databases();
    forbid_beside();
    for (struct descriptor *each = 0; count < most && (each = next_of(&file_kind, each));)
        if (each->same == each && each->file.verdict >= READ_ONLY) numbers[count++] = each->number;
    return count;
}

/* A file that is only read goes on: the program learns what is in it anyway. One that is written from its begin to
 * its end goes on at the end: what was written meanwhile stays, and nothing that follows depends on it. */
static void check_changed(struct descriptor *each)
{
    long size = 0;
    int access = each->status & O_ACCMODE, was_at_end = each->file.position == each->file.size;
    if (each->file.verdict != AS_IT_WAS || (each->mode & S_IFMT) != S_IFREG || access == O_RDONLY) return;
    if (!is_changed(each, &size)) return;
    forbid_writing(each, CHANGED);
    int goes_on = each->status & O_APPEND || (access == O_WRONLY && was_at_end && size >= each->file.size);
    if (!goes_on || is_log_of_database(each) || is_one_stream(each)) return;
    each->file.verdict = AT_ITS_END;
    call(lseek, each->number, 0, SEEK_END);
}

static int is_changed(const struct descriptor *each, long *size)
{
    struct stat now;
    if (call(fstat, each->number, &now) < 0) return 1;
    *size = now.st_size;
    /* Many empty a file that is there to be locked before they try to lock it. */
    if (now.st_size == 0 && each->file.size == 0) return 0;
    return now.st_size != each->file.size || now.st_mtim.tv_sec != each->file.modified.tv_sec ||
           now.st_mtim.tv_nsec != each->file.modified.tv_nsec;
}

/* Whether what follows in it depends on all that stands before, by how it begins: what is compressed, and formats that
 * end with a table of what is where. */
static int is_one_stream(const struct descriptor *each)
{
    static const char *const BEGINNINGS[] = {"\x1f\x8b", "BZh", "\xfd" "7zXZ", "\x28\xb5\x2f\xfd", "\x04\x22\x4d\x18",
                                             "PK\x03\x04", "ARROW1", "Obj\x01"};
    char head[8] = {0};
    read_at(each, head, sizeof head - 1, 0);
    for (unsigned i = 0; i < sizeof BEGINNINGS / sizeof *BEGINNINGS; i++)
        if (starts_with(head, BEGINNINGS[i])) return 1;
    return 0;
}

static void restrict_file(struct descriptor *each)
{
    long again = each->file.verdict == READ_ONLY ? reopen_file(each, O_RDONLY | (each->status & O_NONBLOCK)) : -1;
    if (again < 0) {
        each->file.verdict = DEAD;
        again = open_reference(each->number);
    }
    install(again, each);
    install_duplicates(each);
}

/* What became of the files that are not as they were: 0 after the last. */
EXPORT int pyrepl3_file(int index, struct changed_file *file)
{
    struct descriptor *each = 0;
    while ((each = next_of(&file_kind, each)))
        if (each->same == each && each->file.cause && index-- == 0) break;
    if (!each) return 0;
    *file = (struct changed_file){each->number, each->file.verdict, each->file.cause,
                                  each->file.real,   each->file.memory,  each->file.size,
                                  each->file.kept_from};
    return 1;
}

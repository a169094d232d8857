/* Databases in files: which of them may go on with a file that has changed. SQLite and LMDB check at the begin of each
 * transaction whether somebody else has written: so a change does them no harm, unless they were in one. */

#include "files.h"

#include "platform/refusal.h"
#include "platform/text.h"

#define NAME_SIZE 4096
#define PAGE 4096
#define LMDB_MAGIC 0xBEEFC0DEU
#define LMDB_PAGE_MAGIC_AT 16
#define LMDB_WRITER_AT 64 /* of the lock file: the mutex of who writes, 0 where nobody does */
#define SQLITE_MAGIC "SQLite format 3"
#define SQLITE_READER_AT 18
#define SQLITE_WAL 2

static int is_lmdb_writing(const struct descriptor *each);
static int is_removed(const struct descriptor *each);
static int is_index_of_log(const struct descriptor *each, const char *name);
static int is_sqlite_idle(const struct descriptor *each, const char *name);
static int is_lmdb_data(const struct descriptor *each);
static int is_lmdb_idle(const struct descriptor *each);
static int is_busy_beside(const char *name, int is_written(const struct descriptor *file));
static int is_busy(const struct descriptor *each);
static int is_of_family(const char *name, const char *other);
static long base_of(const char *name);
static long length_of(const char *text);
static int is_before(const char *text, long end, const char *words);
static char *name_of(const struct descriptor *each, char *name);
static void forbid(struct descriptor *each);

static int is_forbidden(const struct descriptor *each)
{
    return each->same == each && each->file.verdict >= READ_ONLY && each->file.cause != FORBIDDEN;
}

/* Where LMDB writes through memory that is mapped, a copy could not be kept from it. */
int inspect_databases(void)
{
    int is_any_busy = 0;
    for (struct descriptor *each = 0; (each = next_of(&file_kind, each));) {
        each->file.is_busy = is_lmdb_writing(each);
        is_any_busy |= each->file.is_busy;
    }
    if (!is_any_busy || !is_mapped_to_write(is_lmdb_data)) return 0;
    return refuse("LMDB is in a transaction that writes through memory");
}

/* LMDB's lock of who writes is in shared memory, where no copy can have it again. */
static int is_lmdb_writing(const struct descriptor *each)
{
    unsigned magic = 0, writer = 0;
    if ((each->mode & S_IFMT) != S_IFREG || (each->status & O_ACCMODE) != O_RDWR) return 0;
    if (each->file.size == 0 || each->file.size % PAGE) return 0;
    if (call(pread64, each->number, &magic, sizeof magic, 0) != sizeof magic || magic != LMDB_MAGIC) return 0;
    call(pread64, each->number, &writer, sizeof writer, LMDB_WRITER_AT);
    return writer != 0;
}

static int is_lmdb_data(const struct descriptor *each)
{
    unsigned magic = 0;
    call(pread64, each->number, &magic, sizeof magic, LMDB_PAGE_MAGIC_AT);
    return magic == LMDB_MAGIC;
}

/* Allow writing again to what its library itself checks for changes. */
void allow_databases(void)
{
    static char name[NAME_SIZE];
    for (struct descriptor *each = 0; (each = next_of(&file_kind, each));) {
        if (!is_forbidden(each) || each->file.cause != CHANGED || !*name_of(each, name)) continue;
        each->file.is_allowed = is_index_of_log(each, name) || is_sqlite_idle(each, name) || is_lmdb_idle(each);
        if (each->file.is_allowed) each->file.verdict = each->file.cause = AS_IT_WAS;
    }
}

/* Whether it has fewer names than at the freeze. */
static int is_removed(const struct descriptor *each)
{
    struct stat now;
    return call(fstat, each->number, &now) < 0 || (long)now.st_nlink < each->file.links;
}

/* Whoever reads an SQLite database beside its log notes so in shared memory. Locks guard it, not how it stands. */
static int is_index_of_log(const struct descriptor *each, const char *name)
{
    return is_before(name, length_of(name), "-shm") && !is_removed(each);
}

/* DuckDB's log names rows by their number, so that nothing may be appended after what was undone. */
int is_log_of_database(const struct descriptor *each)
{
    static char name[NAME_SIZE];
    name_of(each, name);
    return is_before(name, length_of(name), ".wal") || is_before(name, length_of(name), ".wal (deleted)");
}

int is_sqlite(const struct descriptor *each)
{
    static char name[NAME_SIZE];
    char head[SQLITE_READER_AT] = {0};
    read_at(each, head, sizeof head - 1, 0);
    name_of(each, name);
    return starts_with(head, SQLITE_MAGIC) || find(name, "-wal") || find(name, "-shm") || find(name, "-journal");
}

static int is_sqlite_idle(const struct descriptor *each, const char *name)
{
    char head[SQLITE_READER_AT + 2] = {0};
    int is_beside = find(name, "-wal") || find(name, "-shm") || find(name, "-journal");
    read_at(each, head, sizeof head, 0);
    if (!is_beside && !starts_with(head, SQLITE_MAGIC)) return 0;
    /* What is written to a log that nobody finds any more is lost. */
    if (is_removed(each)) return 0;
    /* Beside a log a database that is only open is locked to read. */
    if (!is_beside && head[SQLITE_READER_AT] != SQLITE_WAL && each->file.locks) return 0;
    return !held_to_write(each) && !is_busy_beside(name, held_to_write);
}

static int is_lmdb_idle(const struct descriptor *each)
{
    static char name[NAME_SIZE];
    unsigned first = 0, on_page = 0;
    read_at(each, &first, sizeof first, 0);
    read_at(each, &on_page, sizeof on_page, LMDB_PAGE_MAGIC_AT);
    if (first != LMDB_MAGIC && on_page != LMDB_MAGIC) return 0;
    return !each->file.is_busy && !is_busy_beside(name_of(each, name), is_busy);
}

/* Of LMDB's locks of the file one is held to write by everybody who reads. */
static int is_busy(const struct descriptor *each)
{
    return each->file.is_busy;
}

/* Whether a file of the same database was being written to, or is lost. */
static int is_busy_beside(const char *name, int is_written(const struct descriptor *file))
{
    static char other[NAME_SIZE];
    for (struct descriptor *each = 0; (each = next_of(&file_kind, each));) {
        if (each->same != each || (each->status & O_ACCMODE) != O_RDWR) continue;
        if (!is_of_family(name, name_of(each, other))) continue;
        if (is_written(each) || is_removed(each)) return 1;
    }
    return 0;
}

/* LMDB cannot go on while it believes to write, changed or not; and what holds for one file of a database holds for
 * what is beside it: its journal, its log. */
void forbid_beside(void)
{
    static char name[NAME_SIZE], other[NAME_SIZE];
    for (struct descriptor *each = 0; (each = next_of(&file_kind, each));) {
        if (each->same != each || !(is_forbidden(each) || each->file.is_busy) || !*name_of(each, name)) continue;
        for (struct descriptor *beside = 0; (beside = next_of(&file_kind, beside));)
            if (beside != each && beside->same == beside && is_of_family(name, name_of(beside, other))) forbid(beside);
    }
}

static void forbid(struct descriptor *each)
{
    if ((each->status & O_ACCMODE) != O_RDONLY && each->file.verdict < READ_ONLY) forbid_writing(each, CHANGED);
}

/* Whether both are files of one database. */
static int is_of_family(const char *name, const char *other)
{
    long size = base_of(name);
    if (!size || size != base_of(other)) return 0;
    while (size--)
        if (name[size] != other[size]) return 0;
    return 1;
}

/* How much of a name the files of one database have in common. */
static long base_of(const char *name)
{
    static const char *const BEHIND[] = {" (deleted)", "-journal", "-wal",     "-shm",
                                         ".wal",       "-lock",    "data.mdb", "lock.mdb"};
    long size = length_of(name);
    for (unsigned i = 0; i < sizeof BEHIND / sizeof *BEHIND; i++)
        if (is_before(name, size, BEHIND[i])) size -= length_of(BEHIND[i]);
    return size;
}

static long length_of(const char *text)
{
    long length = 0;
    while (text[length]) length++;
    return length;
}

/* Whether the text, up to there, ends with these words. */
static int is_before(const char *text, long end, const char *words)
{
    long begin = end - length_of(words);
    return begin >= 0 && starts_with(text + begin, words);
}

static char *name_of(const struct descriptor *each, char *name)
{
    char path[PATH_SIZE];
    path_with(path, "/proc/self/fd/", each->number, "");
    long size = call(readlinkat, AT_FDCWD, path, name, NAME_SIZE - 1);
    name[size < 0 ? 0 : size] = 0;
    return name;
}

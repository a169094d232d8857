/* What is written to a file that goes on at its end is kept in memory until it is known where it belongs: text that
 * the program held back at the freeze may stand in the file by now, as what was undone has flushed it. Only Python can
 * tell, and until it does the other threads go on. */

#include "files.h"

#include <linux/memfd.h>

#include "platform/export.h"

#define PIECE 4096

static void lead_aside(struct descriptor *each);
static long put_back(struct descriptor *each);
static long move_kept(const struct descriptor *each);
static void lead(const struct descriptor *each, long file);
static int leads_to_memory(const struct descriptor *each);

/* In a woken copy, before its threads. Where there is no number or no memory for it the file is written to at once. */
void lead_files_aside(void)
{
    for (struct descriptor *each = 0; (each = next_of(&file_kind, each));) {
        each->file.real = each->file.memory = -1;
        if (each->same == each && each->file.verdict == AT_ITS_END && !holds_process_locks(each)) lead_aside(each);
    }
}

/* The memory is as long as the file, in name only, so that the program is told the places that it expects. */
static void lead_aside(struct descriptor *each)
{
    long real = call(fcntl, each->number, F_DUPFD_CLOEXEC, 0), end = call(lseek, each->number, 0, SEEK_CUR);
    long memory = call(memfd_create, "unflushed", MFD_CLOEXEC);
    if (real < 0 || end < 0 || memory < 0 || call(ftruncate, memory, end) < 0 || call(lseek, memory, 0, SEEK_END) < 0) {
        call(close, real);
        call(close, memory);
        return;
    }
    each->file.real = (int)real;
    each->file.memory = (int)memory;
    each->file.kept_from = end;
    lead(each, memory);
}

/* All numbers of the open file. */
static void lead(const struct descriptor *each, long file)
{
    install(call(dup, file), each);
    install_duplicates(each);
}

/* Lead all back to their files; no other thread may be writing. */
void put_files_back(void)
{
    for (struct descriptor *each = 0; (each = next_of(&file_kind, each));)
        if (each->same == each && each->file.real >= 0) each->file.failure = put_back(each);
}

static long put_back(struct descriptor *each)
{
    long failure = move_kept(each);
    if (leads_to_memory(each)) lead(each, each->file.real);
    call(close, each->file.real);
    call(close, each->file.memory);
    each->file.real = each->file.memory = -1;
    return failure;
}

/* The program may have closed it meanwhile. */
static int leads_to_memory(const struct descriptor *each)
{
    struct stat there, memory;
    return call(fstat, each->number, &there) == 0 && call(fstat, each->file.memory, &memory) == 0 &&
           there.st_dev == memory.st_dev && there.st_ino == memory.st_ino;
}

static long move_kept(const struct descriptor *each)
{
    char piece[PIECE];
    long place = each->file.kept_from, size;
    while ((size = call(pread64, each->file.memory, piece, sizeof piece, place)) > 0) {
        long written = call(write, each->file.real, piece, size);
        if (written < 0) return written;
        place += written;
    }
    return size;
}

/* Say that so much of what is kept stands in the file already. */
EXPORT void pyrepl3_leave_out(int number, long size)
{
    struct descriptor *each = descriptor_with(number);
    if (each) each->file.kept_from += size;
}

/* Return the error of what could not be put back, 0 where all is there. */
EXPORT long pyrepl3_failure(int number)
{
    struct descriptor *each = descriptor_with(number);
    return each ? -each->file.failure : 0;
}

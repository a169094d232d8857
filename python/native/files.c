/* Files. They stay shared with the live process, and so do their positions: a scribe, which runs beside it, opens
 * them anew, for reading only and where they stood when the copy was made. */

#include "descriptors.h"

#include "export.h"
#include "text.h"

#define MOST_FILES 4096

static struct { int number; long position; } files[MOST_FILES];
static int used;

/* Where the files stood: 0 after the last. */
EXPORT int pyrepl3_position(int index, int *number, long *position)
{
    if (index >= used) return 0;
    *number = files[index].number;
    *position = files[index].position;
    return 1;
}

void forget_files(void)
{
    used = 0;
}

void note_file(int number)
{
    long position = call(lseek, number, 0, SEEK_CUR);
    if (position < 0 || used == MOST_FILES) return;
    files[used].number = number;
    files[used++].position = position;
}

/* Return a descriptor for reading alone, -E... where the file may not be read. */
long open_file_anew(int number)
{
    char path[PATH_ROOM];
    int i = 0;
    while (i < used && files[i].number != number) i++;
    long again = call(openat, AT_FDCWD, path_with(path, "/proc/self/fd/", number, ""), O_RDONLY | O_CLOEXEC);
    if (again >= 0) call(lseek, again, i < used ? files[i].position : call(lseek, number, 0, SEEK_CUR), SEEK_SET);
    return again;
}

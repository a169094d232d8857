/* Where a stream of bytes is cut so that an insertion moves few cuts: where the bytes before the cut say so.
 * Used by `pyrepl3/checkpoints/packs/pieces.py`; it has nothing to do with freezing. */

#include "platform/export.h"

/* Each byte's part in the hash, which the last 64 bytes make up; any fixed numbers serve that look random. */
static unsigned long parts[256];

static void fill_parts(void)
{
    unsigned long seed = 0;
    for (int i = 0; i < 256; i++) {
        unsigned long mixed = seed += 0x9e3779b97f4a7c15;
        mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
        parts[i] = mixed ^ mixed >> 31;
    }
}

/* Return the length of the piece that begins at `start`: at least `least` unless the data ends before, at most
 * `most`, and on average 2 to the power of `bits` more than the least. */
EXPORT long pyrepl3_cut(const unsigned char *bytes, long start, long size, long least, int bits, long most)
{
    unsigned long hash = 0;
    if (!parts[0]) fill_parts();
    bytes += start;
    size -= start;
    if (size > most) size = most;
    for (long i = least < 64 ? 0 : least - 64; i < size; i++) {
        hash = (hash << 1) + parts[bytes[i]];
        /* The upper bits, as they depend on the most bytes. */
        if (i >= least && hash >> (64 - bits) == 0) return i + 1;
    }
    return size;
}

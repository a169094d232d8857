/* The little that is done with text here. */
#pragma once

static inline int starts_with(const char *text, const char *beginning)
{
    while (*beginning)
        if (*text++ != *beginning++) return 0;
    return 1;
}

/* Return where a word begins, and 0 where it is not there. */
static inline const char *find(const char *text, const char *word)
{
    for (; *text; text++)
        if (starts_with(text, word)) return text;
    return 0;
}

/* Return what follows a word, and 0 where the word is not there. */
static inline const char *after(const char *text, const char *word)
{
    const char *place = find(text, word);
    while (place && *word) place++, word++;
    return place;
}

static inline unsigned long number_in(const char *text, unsigned base)
{
    unsigned long value = 0;
    while (*text == ' ' || *text == '\t' || *text == '(') text++;
    if (base == 16 && starts_with(text, "0x")) text += 2;
    for (;; text++) {
        unsigned digit = *text >= '0' && *text <= '9' ? (unsigned)(*text - '0')
                       : *text >= 'a' && *text <= 'f' ? (unsigned)(*text - 'a' + 10)
                                                      : base;
        if (digit >= base) return value;
        value = value * base + digit;
    }
}

/* Return the number behind a word, and 0 where the word is not there. */
static inline unsigned long field(const char *text, const char *word, unsigned base)
{
    const char *place = after(text, word);
    return place ? number_in(place, base) : 0;
}

/* Append as much as fits, and return the new end. */
static inline char *append(char *place, const char *end, const char *text)
{
    while (*text && place < end - 1) *place++ = *text++;
    *place = 0;
    return place;
}

static inline char *append_number(char *place, const char *end, long number)
{
    char digits[24], *digit = digits + sizeof digits - 1;
    unsigned long rest = number < 0 ? -(unsigned long)number : (unsigned long)number;
    *digit = 0;
    do *--digit = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0) *--digit = '-';
    return append(place, end, digit);
}

#define PATH_SIZE 64

/* Write such as `/proc/self/fd/` 3 `` or `/proc/self/task/` 12 `/status`. */
static inline const char *path_with(char path[PATH_SIZE], const char *before, long number, const char *behind)
{
    char *place = append(path, path + PATH_SIZE, before);
    append(append_number(place, path + PATH_SIZE, number), path + PATH_SIZE, behind);
    return path;
}

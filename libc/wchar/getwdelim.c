// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <wchar.h>

#include "stdio_impl.h"

static int grow(wchar_t **line, size_t *space) {
    size_t larger = *space < 64 ? 128 : 2 * *space;
    if (larger > SSIZE_MAX / sizeof(wchar_t)) {
        errno = EOVERFLOW;
        return -1;
    }
    wchar_t *data = reallocarray(*line, larger, sizeof(*data));
    if (data == NULL)
        return -1;
    *line = data;
    *space = larger;
    return 0;
}

static ssize_t read_line(wchar_t **line, size_t *space, wint_t delimiter, FILE *f) {
    if (*line == NULL)
        *space = 0;
    size_t len = 0;
    wint_t character;
    do {
        character = fgetwc(f);
        if (character == WEOF && (len == 0 || ferror(f)))
            return -1;
        if (*space - len < 2 && grow(line, space) != 0)
            return -1;
        if (character == WEOF)
            break;
        (*line)[len++] = character;
    } while (character != delimiter);
    (*line)[len] = L'\0';
    return len;
}

ssize_t getwdelim(wchar_t **restrict line, size_t *restrict space, wint_t delimiter,
                  FILE *restrict f) {
    if (line == NULL || space == NULL) {
        errno = EINVAL;
        return -1;
    }
    FLOCK(f);
    ssize_t result = read_line(line, space, delimiter, f);
    FUNLOCK(f);
    return result;
}

ssize_t getwline(wchar_t **restrict line, size_t *restrict space, FILE *restrict f) {
    return getwdelim(line, space, L'\n', f);
}

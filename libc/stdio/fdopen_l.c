// SPDX-License-Identifier: BSD-2-Clause
// Streams whose encoding is chosen when they are made. There are two encodings; the locale itself
// may be freed before the stream.

#define _GNU_SOURCE
#include <stdlib.h>

#include "locale_impl.h"
#include "stdio_impl.h"
#include "with_locale.h"

static FILE *with_encoding(FILE *f, locale_t locale) {
    if (f != NULL)
        f->locale = WITH_LOCALE(locale, MB_CUR_MAX) == 1 ? C_LOCALE : UTF8_LOCALE;
    return f;
}

FILE *fdopen_l(int fd, const char *mode, locale_t locale) {
    return with_encoding(fdopen(fd, mode), locale);
}

FILE *fopenat_l(int dirfd, const char *restrict path, const char *restrict mode, locale_t locale) {
    return with_encoding(fopenat(dirfd, path, mode), locale);
}

FILE *fmemopen_l(void *restrict data, size_t size, const char *restrict mode, locale_t locale) {
    return with_encoding(fmemopen(data, size, mode), locale);
}

FILE *open_memstream_l(char **data, size_t *len, locale_t locale) {
    return with_encoding(open_memstream(data, len), locale);
}

FILE *tmpfile_l(locale_t locale) {
    return with_encoding(tmpfile(), locale);
}

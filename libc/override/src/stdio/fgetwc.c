// SPDX-License-Identifier: BSD-2-Clause
// Wide characters from streams. Unlike the original, an invalid first byte sets the error
// indicator, too: POSIX fgetwc().

#include <errno.h>
#include <wchar.h>

#include "locale_impl.h"
#include "pthread_impl.h"
#include "stdio_impl.h"

static wint_t fail(FILE *f) {
    f->flags |= F_ERR;
    errno = EILSEQ;
    return WEOF;
}

// Byte by byte, since the next buffer may begin inside of a character.
static wint_t get_character(FILE *f) {
    mbstate_t state = {0};
    for (bool first = true;; first = false) {
        int c = getc_unlocked(f);
        if (c == EOF)
            return first ? WEOF : fail(f);
        char byte = c;
        wchar_t character;
        size_t result = mbrtowc(&character, &byte, 1, &state);
        if (result == (size_t)-1) {
            // A byte that ends a sequence early may begin the next.
            if (!first)
                ungetc(c, f);
            return fail(f);
        }
        if (result != (size_t)-2)
            return character;
    }
}

wint_t __fgetwc_unlocked(FILE *f) {
    if (f->mode <= 0)
        fwide(f, 1);
    // A stream keeps the encoding that it had when it became wide.
    locale_t saved = CURRENT_LOCALE;
    CURRENT_LOCALE = f->locale;
    wint_t result = get_character(f);
    CURRENT_LOCALE = saved;
    return result;
}

wint_t fgetwc(FILE *f) {
    FLOCK(f);
    wint_t result = __fgetwc_unlocked(f);
    FUNLOCK(f);
    return result;
}

weak_alias(__fgetwc_unlocked, fgetwc_unlocked);
weak_alias(__fgetwc_unlocked, getwc_unlocked);

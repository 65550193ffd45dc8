// SPDX-License-Identifier: BSD-2-Clause
// Multibyte characters of <stdlib.h>, in the encoding of a locale.

#include <stdlib.h>

#include "with_locale.h"

int mblen_l(const char *text, size_t len, locale_t locale) {
    return WITH_LOCALE(locale, mblen(text, len));
}

int mbtowc_l(wchar_t *restrict to, const char *restrict text, size_t len, locale_t locale) {
    return WITH_LOCALE(locale, mbtowc(to, text, len));
}

int wctomb_l(char *to, wchar_t character, locale_t locale) {
    return WITH_LOCALE(locale, wctomb(to, character));
}

size_t mbstowcs_l(wchar_t *restrict to, const char *restrict text, size_t len, locale_t locale) {
    return WITH_LOCALE(locale, mbstowcs(to, text, len));
}

size_t wcstombs_l(char *restrict to, const wchar_t *restrict text, size_t len, locale_t locale) {
    return WITH_LOCALE(locale, wcstombs(to, text, len));
}

size_t __mb_cur_max_l(locale_t locale) {
    return WITH_LOCALE(locale, MB_CUR_MAX);
}

// SPDX-License-Identifier: BSD-2-Clause
// Multibyte characters of <wchar.h>, in the encoding of a locale.

#include <wchar.h>

#include "with_locale.h"

wint_t btowc_l(int byte, locale_t locale) {
    return WITH_LOCALE(locale, btowc(byte));
}

int wctob_l(wint_t character, locale_t locale) {
    return WITH_LOCALE(locale, wctob(character));
}

size_t mbrlen_l(const char *restrict text, size_t len, mbstate_t *restrict state, locale_t locale) {
    return WITH_LOCALE(locale, mbrlen(text, len, state));
}

size_t mbrtowc_l(wchar_t *restrict to, const char *restrict text, size_t len,
                 mbstate_t *restrict state, locale_t locale) {
    return WITH_LOCALE(locale, mbrtowc(to, text, len, state));
}

size_t wcrtomb_l(char *restrict to, wchar_t character, mbstate_t *restrict state, locale_t locale) {
    return WITH_LOCALE(locale, wcrtomb(to, character, state));
}

size_t mbsrtowcs_l(wchar_t *restrict to, const char **restrict text, size_t len,
                   mbstate_t *restrict state, locale_t locale) {
    return WITH_LOCALE(locale, mbsrtowcs(to, text, len, state));
}

size_t mbsnrtowcs_l(wchar_t *restrict to, const char **restrict text, size_t bytes, size_t len,
                    mbstate_t *restrict state, locale_t locale) {
    return WITH_LOCALE(locale, mbsnrtowcs(to, text, bytes, len, state));
}

size_t wcsrtombs_l(char *restrict to, const wchar_t **restrict text, size_t len,
                   mbstate_t *restrict state, locale_t locale) {
    return WITH_LOCALE(locale, wcsrtombs(to, text, len, state));
}

size_t wcsnrtombs_l(char *restrict to, const wchar_t **restrict text, size_t characters, size_t len,
                    mbstate_t *restrict state, locale_t locale) {
    return WITH_LOCALE(locale, wcsnrtombs(to, text, characters, len, state));
}

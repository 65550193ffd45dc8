// SPDX-License-Identifier: BSD-2-Clause
// Characters of <uchar.h>, in the encoding of a locale.

#include <uchar.h>

#include "with_locale.h"

size_t c16rtomb_l(char *restrict to, char16_t character, mbstate_t *restrict state,
                  locale_t locale) {
    return WITH_LOCALE(locale, c16rtomb(to, character, state));
}

size_t c32rtomb_l(char *restrict to, char32_t character, mbstate_t *restrict state,
                  locale_t locale) {
    return WITH_LOCALE(locale, c32rtomb(to, character, state));
}

size_t mbrtoc16_l(char16_t *restrict to, const char *restrict text, size_t len,
                  mbstate_t *restrict state, locale_t locale) {
    return WITH_LOCALE(locale, mbrtoc16(to, text, len, state));
}

size_t mbrtoc32_l(char32_t *restrict to, const char *restrict text, size_t len,
                  mbstate_t *restrict state, locale_t locale) {
    return WITH_LOCALE(locale, mbrtoc32(to, text, len, state));
}

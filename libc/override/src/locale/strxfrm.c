// SPDX-License-Identifier: BSD-2-Clause
// Strings collate by their bytes in both locales, so a string is its own transformation.

#include <string.h>

#include "locale_impl.h"

size_t __strxfrm_l(char *restrict to, const char *restrict from, size_t size, locale_t locale) {
    size_t length = strlen(from);
    if (length < size)
        memcpy(to, from, length + 1);
    return length;
}

size_t strxfrm(char *restrict to, const char *restrict from, size_t size) {
    return __strxfrm_l(to, from, size, CURRENT_LOCALE);
}

weak_alias(__strxfrm_l, strxfrm_l);

// SPDX-License-Identifier: BSD-2-Clause
// There are two locales, which differ in the encoding alone: "C" (also called "POSIX", and plain
// bytes) and "C.UTF-8". Both are constants, so that none is ever allocated.

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "locale_impl.h"

// The locale of this name, or NULL. The empty name asks for the user's: there is none, UTF-8 it is.
static locale_t named(const char *name) {
    if (strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0)
        return C_LOCALE;
    return strcmp(name, "C.UTF-8") == 0 || *name == '\0' ? UTF8_LOCALE : NULL;
}

locale_t __newlocale(int mask, const char *name, locale_t base) {
    if (mask & ~LC_ALL_MASK || name == NULL) {
        errno = EINVAL;
        return NULL;
    }
    locale_t locale = named(name);
    if (locale == NULL) {
        errno = ENOENT;
        return NULL;
    }
    if (mask & LC_CTYPE_MASK)
        return locale;
    return base != NULL ? base : C_LOCALE;
}

weak_alias(__newlocale, newlocale);

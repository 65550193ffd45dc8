// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <fnmatch.h>

#include "with_locale.h"

int fnmatch_l(const char *pattern, const char *text, int flags, locale_t locale) {
    return WITH_LOCALE(locale, fnmatch(pattern, text, flags));
}

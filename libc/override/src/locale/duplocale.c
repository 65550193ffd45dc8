// SPDX-License-Identifier: BSD-2-Clause
// Locales are constants: a copy is the thing itself, save of the global one.

#include <locale.h>

#include "locale_impl.h"

locale_t __duplocale(locale_t locale) {
    if (locale == LC_GLOBAL_LOCALE)
        return libc.global_locale.cat[LC_CTYPE] != NULL ? UTF8_LOCALE : C_LOCALE;
    return locale;
}

weak_alias(__duplocale, duplocale);

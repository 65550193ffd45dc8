// SPDX-License-Identifier: BSD-2-Clause
// Locales are constants: there is nothing to free.

#include <locale.h>

void freelocale(locale_t locale) {
    (void)locale;
}

// SPDX-License-Identifier: BSD-2-Clause
// Numbers are written alike in every locale.

#include <locale.h>

struct lconv *localeconv_l(locale_t locale) {
    return localeconv();
}

// SPDX-License-Identifier: BSD-2-Clause
// Numbers are written alike in every locale.

#include <wchar.h>

#define ALIKE(type, name)                                                                          \
    type name##_l(const wchar_t *restrict text, wchar_t **restrict end, locale_t locale) {         \
        return name(text, end);                                                                    \
    }
ALIKE(float, wcstof)
ALIKE(double, wcstod)
ALIKE(long double, wcstold)

// SPDX-License-Identifier: BSD-2-Clause
// Numbers are written alike in every locale.

#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>

#define ALIKE(type, name)                                                                          \
    type name##_l(const char *restrict text, char **restrict end, int base, locale_t locale) {     \
        return name(text, end, base);                                                              \
    }
ALIKE(long, strtol)
ALIKE(long long, strtoll)
ALIKE(unsigned long, strtoul)
ALIKE(unsigned long long, strtoull)
ALIKE(intmax_t, strtoimax)
ALIKE(uintmax_t, strtoumax)

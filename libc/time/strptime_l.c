// SPDX-License-Identifier: BSD-2-Clause
// Dates are written alike in every locale.

#include <time.h>

char *strptime_l(const char *restrict text, const char *restrict format, struct tm *restrict date,
                 locale_t locale) {
    return strptime(text, format, date);
}

// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <locale.h>
#include <stdio.h>

void perror_l(const char *message, locale_t locale) {
    locale_t saved = uselocale(locale);
    perror(message);
    uselocale(saved);
}

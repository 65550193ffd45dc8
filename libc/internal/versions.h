/* SPDX-License-Identifier: BSD-2-Clause */
/* Names with version numbers in them, compared: strverscmp() and wcsverscmp(), which differ in CHAR
 * only. */
#ifndef VERSIONS_H
#define VERSIONS_H

#include <stdbool.h>
#include <stddef.h>

static bool is_digit(CHAR c) {
    return c >= '0' && c <= '9';
}

static size_t count_digits(const CHAR *text) {
    size_t count = 0;
    while (is_digit(text[count]))
        ++count;
    return count;
}

static int compare_versions(const CHAR *a, const CHAR *b) {
    size_t number = 0; /* where the digits begin that end before i */
    bool zeros = true; /* all of them */
    size_t i = 0;
    for (; a[i] == b[i]; ++i) {
        if (a[i] == 0)
            return 0;
        if (!is_digit(a[i]))
            number = i + 1;
        zeros = !is_digit(a[i]) || (zeros && a[i] == '0');
    }
    bool numbers = is_digit(a[number]) && is_digit(b[number]);
    if (numbers && a[number] != '0' && b[number] != '0') {
        size_t digits_a = count_digits(a + i), digits_b = count_digits(b + i);
        if (digits_a != digits_b)
            return digits_a < digits_b ? -1 : 1;
    } else if (zeros && number < i && is_digit(a[i]) != is_digit(b[i])) {
        return is_digit(a[i]) ? -1 : 1; /* of fractions, the one with fewer zeros is greater */
    }
    return a[i] < b[i] ? -1 : 1;
}

#endif

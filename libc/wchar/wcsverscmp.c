// SPDX-License-Identifier: BSD-2-Clause
// strverscmp() for wide characters: numbers inside the names count as numbers.

#define _GNU_SOURCE
#include <stdbool.h>
#include <wchar.h>

static bool digit(wchar_t c) {
    return c >= L'0' && c <= L'9';
}

static size_t digits(const wchar_t *text) {
    size_t count = 0;
    while (digit(text[count]))
        ++count;
    return count;
}

int wcsverscmp(const wchar_t *a, const wchar_t *b) {
    size_t number = 0; // where the digits begin that end before i
    bool zeros = true; // all of them
    size_t i = 0;
    for (; a[i] == b[i]; ++i) {
        if (a[i] == L'\0')
            return 0;
        if (!digit(a[i]))
            number = i + 1;
        zeros = !digit(a[i]) || (zeros && a[i] == L'0');
    }
    bool numbers = digit(a[number]) && digit(b[number]);
    if (numbers && a[number] != L'0' && b[number] != L'0') {
        size_t more = digits(a + i), less = digits(b + i);
        if (more != less)
            return more < less ? -1 : 1;
    } else if (zeros && number < i && digit(a[i]) != digit(b[i])) {
        return digit(a[i]) ? -1 : 1; // of fractions, the one with fewer zeros is greater
    }
    return a[i] < b[i] ? -1 : 1;
}

// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <wchar.h>

#define CHAR wchar_t
#include "versions.h"

int wcsverscmp(const wchar_t *a, const wchar_t *b) {
    return compare_versions(a, b);
}

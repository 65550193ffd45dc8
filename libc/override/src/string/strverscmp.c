// SPDX-License-Identifier: BSD-2-Clause
// musl's takes any digit for greater than any letter, against GNU's definition.

#define _GNU_SOURCE
#include <string.h>

#define CHAR unsigned char
#include "versions.h"

int strverscmp(const char *a, const char *b) {
    return compare_versions((const unsigned char *)a, (const unsigned char *)b);
}

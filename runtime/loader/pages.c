// SPDX-License-Identifier: BSD-2-Clause
// Memory for the loader's and vDSO's own use.

#include "loader.h"

void *pages_alloc(size_t len) {
    linux_result at =
        LINUX(mmap, NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return at < 0 ? NULL : (void *)at;
}

void pages_free(void *pages, size_t len) {
    LINUX(munmap, pages, len);
}

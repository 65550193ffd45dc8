// SPDX-License-Identifier: BSD-2-Clause
// What the functions on directory streams share.

#include "directory.h"

void __directory_lock(DIR *dir) {
    __lockword_wrlock(&dir->lock, CLOUDABI_SCOPE_PRIVATE, 0, NULL);
}

void __directory_unlock(DIR *dir) {
    __lockword_unlock(&dir->lock, CLOUDABI_SCOPE_PRIVATE);
}

void __directory_position(DIR *dir, cloudabi_dircookie_t cookie) {
    dir->cookie = cookie;
    // A buffer that looks filled and used up: more has to be read.
    dir->used = dir->next = dir->size;
}

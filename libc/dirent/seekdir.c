// SPDX-License-Identifier: BSD-2-Clause
#include <dirent.h>

#include "directory.h"

long telldir(DIR *dir) {
    __directory_lock(dir);
    cloudabi_dircookie_t cookie = dir->cookie;
    __directory_unlock(dir);
    return cookie;
}

void seekdir(DIR *dir, long position) {
    __directory_lock(dir);
    __directory_position(dir, position);
    __directory_unlock(dir);
}

void rewinddir(DIR *dir) {
    seekdir(dir, CLOUDABI_DIRCOOKIE_START);
}

// SPDX-License-Identifier: BSD-2-Clause
#include <dirent.h>
#include <errno.h>

#include "directory.h"

int readdir_r(DIR *restrict dir, struct dirent *restrict entry, struct dirent **restrict result) {
    __directory_lock(dir);
    cloudabi_errno_t error = __directory_read(dir);
    if (error == 0)
        *entry = dir->entry;
    __directory_unlock(dir);
    *result = error == 0 ? entry : NULL;
    return error == ENOENT ? 0 : error; // at the end, there is no entry and no error
}

// SPDX-License-Identifier: BSD-2-Clause
#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "directory.h"

int dirfd(DIR *dir) {
    return dir->fd;
}

int fdclosedir(DIR *dir) {
    int fd = dir->fd;
    free(dir->data);
    free(dir);
    return fd;
}

int closedir(DIR *dir) {
    return close(fdclosedir(dir));
}

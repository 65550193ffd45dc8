/* SPDX-License-Identifier: BSD-2-Clause */
/* A directory stream. */
#ifndef DIRECTORY_H
#define DIRECTORY_H

#include <cloudabi_types.h>
#include <dirent.h>
#include <features.h>
#include <stddef.h>

#include "lockword.h"

struct __dirstream {
    lockword lock;
    int fd;
    cloudabi_dircookie_t cookie; /* continues behind the last entry handed out */
    char *data;                  /* `size` bytes, entries up to `used`, unread from `next` */
    size_t size, used, next;
    struct dirent entry;
};

hidden void __directory_lock(DIR *dir);
hidden void __directory_unlock(DIR *dir);

/* Puts the next entry into `entry`; ENOENT at the end. The lock is held. */
hidden cloudabi_errno_t __directory_read(DIR *dir);

/* Forgets what was read; the next entry is the one behind `cookie`. The lock is held. */
hidden void __directory_position(DIR *dir, cloudabi_dircookie_t cookie);

#endif

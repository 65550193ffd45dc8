// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "directory.h"
#include "filestat.h"

// Whether a whole entry lies at `next`. Entries are packed, so that its header may lie anywhere.
static bool get_entry(const DIR *dir, cloudabi_dirent_t *header) {
    size_t left = dir->used - dir->next;
    if (left < sizeof(*header))
        return false;
    memcpy(header, dir->data + dir->next, sizeof(*header));
    return left - sizeof(*header) >= header->d_namlen;
}

// Reads on behind the last entry; with a larger buffer if not even one fitted.
static cloudabi_errno_t fill(DIR *dir) {
    if (dir->next == 0) {
        char *data = realloc(dir->data, 2 * dir->size);
        if (data == NULL)
            return ENOMEM;
        dir->data = data;
        dir->size *= 2;
    }
    size_t used;
    cloudabi_errno_t error =
        cloudabi_sys_file_readdir(dir->fd, dir->data, dir->size, dir->cookie, &used);
    if (error == 0) {
        dir->used = used;
        dir->next = 0;
    }
    return error;
}

// 0 with `*header` and `*name`, or ENOENT at the end.
static cloudabi_errno_t next_entry(DIR *dir, cloudabi_dirent_t *header, const char **name) {
    while (!get_entry(dir, header)) {
        if (dir->used < dir->size)
            return ENOENT;
        cloudabi_errno_t error = fill(dir);
        if (error)
            return error;
    }
    *name = dir->data + dir->next + sizeof(*header);
    dir->next += sizeof(*header) + header->d_namlen;
    dir->cookie = header->d_next;
    return 0;
}

cloudabi_errno_t __directory_read(DIR *dir) {
    cloudabi_dirent_t header;
    const char *name;
    cloudabi_errno_t error = next_entry(dir, &header, &name);
    if (error)
        return error;
    if (header.d_namlen >= sizeof(dir->entry.d_name))
        return EOVERFLOW;
    dir->entry.d_ino = header.d_ino;
    dir->entry.d_type = __filetype_mode(header.d_type) >> 12;
    memcpy(dir->entry.d_name, name, header.d_namlen);
    dir->entry.d_name[header.d_namlen] = '\0';
    return 0;
}

struct dirent *readdir(DIR *dir) {
    __directory_lock(dir);
    cloudabi_errno_t error = __directory_read(dir);
    __directory_unlock(dir);
    if (error == 0)
        return &dir->entry;
    if (error != ENOENT)
        errno = error;
    return NULL;
}

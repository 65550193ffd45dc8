// SPDX-License-Identifier: BSD-2-Clause
// A stream on a shared memory object: storage without a name. Such objects have no offset that
// could be moved, so the stream keeps its own and reaches the bytes through short-lived mappings.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "libc.h"
#include "stdio_impl.h"

static cloudabi_errno_t get_size(int fd, off_t *size) {
    cloudabi_filestat_t stat;
    cloudabi_errno_t error = cloudabi_sys_file_stat_fget(fd, &stat);
    if (error == 0)
        *size = stat.st_size;
    return error;
}

static cloudabi_errno_t copy(FILE *f, void *to, const void *from, size_t size) {
    off_t *pos = f->cookie;
    size_t ahead = *pos % PAGE_SIZE;
    void *map;
    cloudabi_errno_t error = cloudabi_sys_mem_map(
        NULL, ahead + size, to ? CLOUDABI_PROT_READ : CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE,
        CLOUDABI_MAP_SHARED, f->fd, *pos - ahead, &map);
    if (error)
        return error;
    if (to)
        memcpy(to, (char *)map + ahead, size);
    else
        memcpy((char *)map + ahead, from, size);
    cloudabi_sys_mem_unmap(map, ahead + size);
    *pos += size;
    return 0;
}

static ssize_t get(FILE *f, unsigned char *data, size_t size) {
    off_t *pos = f->cookie, len;
    cloudabi_errno_t error = get_size(f->fd, &len);
    if (error == 0) {
        off_t left = *pos < len ? len - *pos : 0;
        if (left < (off_t)size)
            size = left;
        if (size == 0)
            return 0;
        error = copy(f, data, NULL, size);
    }
    if (error == 0)
        return size;
    errno = error;
    return -1;
}

static size_t put(FILE *f, const unsigned char *data, size_t size) {
    off_t *pos = f->cookie, len, end;
    cloudabi_errno_t error = get_size(f->fd, &len);
    if (error == 0 && __builtin_add_overflow(*pos, size, &end))
        error = EFBIG;
    if (error == 0 && end > len) {
        cloudabi_filestat_t stat = {.st_size = end};
        error = cloudabi_sys_file_stat_fput(f->fd, &stat, CLOUDABI_FILESTAT_SIZE);
    }
    if (error == 0)
        error = copy(f, NULL, data, size);
    if (error == 0)
        return size;
    errno = error;
    return 0;
}

static size_t read_object(FILE *f, unsigned char *data, size_t size) {
    return __stream_read(f, data, size, get);
}

static size_t write_object(FILE *f, const unsigned char *data, size_t size) {
    return __stream_write(f, data, size, put);
}

static off_t seek_object(FILE *f, off_t offset, int whence) {
    off_t *pos = f->cookie, len;
    cloudabi_errno_t error = get_size(f->fd, &len);
    if (error) {
        errno = error;
        return -1;
    }
    off_t result = __stream_position(offset, whence, *pos, len, PTRDIFF_MAX);
    if (result >= 0)
        *pos = result;
    return result;
}

FILE *tmpfile(void) {
    FILE *f = __stream_new("w+", sizeof(off_t));
    if (f == NULL)
        return NULL;
    cloudabi_fd_t fd;
    cloudabi_errno_t error = cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, &fd);
    if (error) {
        __stream_free(f);
        errno = error;
        return NULL;
    }
    f->fd = fd;
    f->read = read_object;
    f->write = write_object;
    f->seek = seek_object;
    f->close = __stdio_close;
    return __ofl_add(f);
}

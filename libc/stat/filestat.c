// SPDX-License-Identifier: BSD-2-Clause
// Attributes of files.

#include "filestat.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#define NANOSECONDS 1000000000

mode_t __filetype_mode(cloudabi_filetype_t type) {
    switch (type) {
    case CLOUDABI_FILETYPE_BLOCK_DEVICE:
        return S_IFBLK;
    case CLOUDABI_FILETYPE_CHARACTER_DEVICE:
        return S_IFCHR;
    case CLOUDABI_FILETYPE_DIRECTORY:
        return S_IFDIR;
    case CLOUDABI_FILETYPE_REGULAR_FILE:
        return S_IFREG;
    case CLOUDABI_FILETYPE_SHARED_MEMORY:
        return S_IFSHM;
    case CLOUDABI_FILETYPE_SOCKET_DGRAM:
    case CLOUDABI_FILETYPE_SOCKET_STREAM:
        return S_IFSOCK;
    case CLOUDABI_FILETYPE_SYMBOLIC_LINK:
        return S_IFLNK;
    default:
        return 0;
    }
}

static struct timespec to_timespec(cloudabi_timestamp_t time) {
    return (struct timespec){.tv_sec = time / NANOSECONDS, .tv_nsec = time % NANOSECONDS};
}

void __filestat_convert(const cloudabi_filestat_t *from, struct stat *to) {
    *to = (struct stat){
        .st_dev = from->st_dev,
        .st_ino = from->st_ino,
        .st_nlink = from->st_nlink,
        .st_mode = __filetype_mode(from->st_filetype),
        .st_size = from->st_size,
        .st_atim = to_timespec(from->st_atim),
        .st_mtim = to_timespec(from->st_mtim),
        .st_ctim = to_timespec(from->st_ctim),
    };
}

// The flag that applies to this time, 0 to leave it alone, or -1: the ABI counts nanoseconds since
// 1970 and knows no time before.
static int convert_time(const struct timespec *time, int set, int now, cloudabi_timestamp_t *to) {
    if (time->tv_nsec == UTIME_NOW)
        return now;
    if (time->tv_nsec == UTIME_OMIT)
        return 0;
    if (time->tv_nsec < 0 || time->tv_nsec >= NANOSECONDS || time->tv_sec < 0 ||
        __builtin_mul_overflow((uint64_t)time->tv_sec, NANOSECONDS, to) ||
        __builtin_add_overflow(*to, (uint64_t)time->tv_nsec, to))
        return -1;
    return set;
}

int __filestat_times(const struct timespec times[2], cloudabi_filestat_t *stat,
                     cloudabi_fsflags_t *flags) {
    *stat = (cloudabi_filestat_t){0};
    if (times == NULL) {
        *flags = CLOUDABI_FILESTAT_ATIM_NOW | CLOUDABI_FILESTAT_MTIM_NOW;
        return 0;
    }
    int atim =
        convert_time(&times[0], CLOUDABI_FILESTAT_ATIM, CLOUDABI_FILESTAT_ATIM_NOW, &stat->st_atim);
    int mtim =
        convert_time(&times[1], CLOUDABI_FILESTAT_MTIM, CLOUDABI_FILESTAT_MTIM_NOW, &stat->st_mtim);
    if (atim < 0 || mtim < 0)
        return EINVAL;
    *flags = atim | mtim;
    return 0;
}

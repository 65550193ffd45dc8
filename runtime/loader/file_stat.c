// SPDX-License-Identifier: BSD-2-Clause
// file_stat_fget, file_stat_fput, file_stat_get, file_stat_put.

#include "path.h"
#include "user.h"

#define TIME_FLAGS                                                                                 \
    (CLOUDABI_FILESTAT_ATIM | CLOUDABI_FILESTAT_ATIM_NOW | CLOUDABI_FILESTAT_MTIM |                \
     CLOUDABI_FILESTAT_MTIM_NOW)
#define UTIME_NOW 0x3fffffff
#define UTIME_OMIT 0x3ffffffe

static cloudabi_timestamp_t timestamp(long seconds, unsigned long nanoseconds) {
    uint64_t result;
    if (seconds < 0)
        return 0;
    if (__builtin_mul_overflow((uint64_t)seconds, NSEC_PER_SEC, &result) ||
        __builtin_add_overflow(result, nanoseconds, &result))
        return UINT64_MAX;
    return result;
}

static cloudabi_errno_t give(const struct stat *stat, cloudabi_filetype_t type,
                             cloudabi_filestat_t *buf) {
    cloudabi_filestat_t out;
    memset(&out, 0, sizeof(out)); // with what lies between its members
    out.st_dev = stat->st_dev;
    out.st_ino = stat->st_ino;
    out.st_filetype = type;
    out.st_nlink = (cloudabi_linkcount_t)stat->st_nlink;
    out.st_size = (cloudabi_filesize_t)stat->st_size;
    out.st_atim = timestamp((long)stat->st_atime, stat->st_atime_nsec);
    out.st_mtim = timestamp((long)stat->st_mtime, stat->st_mtime_nsec);
    out.st_ctim = timestamp((long)stat->st_ctime, stat->st_ctime_nsec);
    return user_copy(buf, &out, sizeof(out)) ? CLOUDABI_ESUCCESS : CLOUDABI_EFAULT;
}

static struct __kernel_timespec time_to_linux(cloudabi_timestamp_t value, bool set, bool now) {
    if (now)
        return (struct __kernel_timespec){.tv_nsec = UTIME_NOW};
    if (!set)
        return (struct __kernel_timespec){.tv_nsec = UTIME_OMIT};
    return timespec_from_ns(value);
}

static void times_to_linux(const cloudabi_filestat_t *buf, cloudabi_fsflags_t flags,
                           struct __kernel_timespec times[2]) {
    times[0] = time_to_linux(buf->st_atim, (flags & CLOUDABI_FILESTAT_ATIM) != 0,
                             (flags & CLOUDABI_FILESTAT_ATIM_NOW) != 0);
    times[1] = time_to_linux(buf->st_mtim, (flags & CLOUDABI_FILESTAT_MTIM) != 0,
                             (flags & CLOUDABI_FILESTAT_MTIM_NOW) != 0);
}

EXPORT cloudabi_errno_t cloudabi_sys_file_stat_fget(cloudabi_fd_t fd, cloudabi_filestat_t *buf) {
    struct descriptor what;
    cloudabi_errno_t error = fd_get(fd, CLOUDABI_RIGHT_FILE_STAT_FGET, &what);
    if (error != 0)
        return error;
    struct stat stat;
    linux_result result = LINUX(fstat, fd, &stat);
    return result < 0 ? errno_from_linux(result) : give(&stat, what.type, buf);
}

EXPORT cloudabi_errno_t cloudabi_sys_file_stat_fput(cloudabi_fd_t fd,
                                                    const cloudabi_filestat_t *buf,
                                                    cloudabi_fsflags_t flags) {
    cloudabi_filestat_t wanted;
    if (!user_copy(&wanted, buf, sizeof(wanted)))
        return CLOUDABI_EFAULT;
    bool size = flags == CLOUDABI_FILESTAT_SIZE;
    cloudabi_errno_t error = fd_check(fd, 0);
    if (error != 0)
        return error;
    if (!size && (flags == 0 || (flags & ~TIME_FLAGS) != 0))
        return CLOUDABI_EINVAL;
    error = fd_check(fd, size ? CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE
                              : CLOUDABI_RIGHT_FILE_STAT_FPUT_TIMES);
    if (error != 0)
        return error;
    if (!size) {
        struct __kernel_timespec times[2];
        times_to_linux(&wanted, flags, times);
        return errno_from_linux(LINUX(utimensat, fd, NULL, times, 0));
    }
    if (wanted.st_size > INT64_MAX)
        return CLOUDABI_EFBIG;
    return errno_from_linux(LINUX(ftruncate, fd, wanted.st_size));
}

static cloudabi_errno_t start(cloudabi_lookup_t dirfd, const char *text, size_t len,
                              cloudabi_rights_t need, struct path *path) {
    cloudabi_errno_t error = fd_check(dirfd.fd, need);
    if (error != 0)
        return error;
    if ((dirfd.flags & ~CLOUDABI_LOOKUP_SYMLINK_FOLLOW) != 0)
        return CLOUDABI_EINVAL;
    return path_copy(path, text, len);
}

EXPORT cloudabi_errno_t cloudabi_sys_file_stat_get(cloudabi_lookup_t fd, const char *path_text,
                                                   size_t path_len, cloudabi_filestat_t *buf) {
    struct path path;
    cloudabi_errno_t error = start(fd, path_text, path_len, CLOUDABI_RIGHT_FILE_STAT_GET, &path);
    if (error != 0)
        return error;
    struct stat stat;
    linux_result result =
        path_stat(fd.fd, &path, (fd.flags & CLOUDABI_LOOKUP_SYMLINK_FOLLOW) != 0, &stat);
    return result < 0 ? path_errno(result) : give(&stat, filetype_from_mode(stat.st_mode), buf);
}

EXPORT cloudabi_errno_t cloudabi_sys_file_stat_put(cloudabi_lookup_t fd, const char *path_text,
                                                   size_t path_len, const cloudabi_filestat_t *buf,
                                                   cloudabi_fsflags_t flags) {
    cloudabi_filestat_t wanted;
    if (!user_copy(&wanted, buf, sizeof(wanted)))
        return CLOUDABI_EFAULT;
    struct path path;
    cloudabi_errno_t error = fd_check(fd.fd, 0);
    if (error == 0 && (flags == 0 || (flags & ~TIME_FLAGS) != 0))
        error = CLOUDABI_EINVAL;
    if (error == 0)
        error = start(fd, path_text, path_len, CLOUDABI_RIGHT_FILE_STAT_PUT_TIMES, &path);
    if (error != 0)
        return error;
    struct __kernel_timespec times[2];
    times_to_linux(&wanted, flags, times);
    return path_errno(
        path_set_times(fd.fd, &path, (fd.flags & CLOUDABI_LOOKUP_SYMLINK_FOLLOW) != 0, times));
}

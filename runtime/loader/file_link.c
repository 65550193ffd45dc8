// SPDX-License-Identifier: BSD-2-Clause
// file_link, file_readlink.

#include "path.h"
#include "user.h"

// linkat would follow a last link, or one before a trailing slash, to anywhere: the source is
// brought to a form where nothing is left to follow.
static cloudabi_errno_t settle_source(cloudabi_lookup_t fd, struct path *path) {
    if (path_has_trailing_slash(path)) {
        // Only a directory can be meant, and those have one name each.
        linux_result directory = path_openat2(fd.fd, path, O_PATH | O_DIRECTORY, 0);
        if (directory < 0)
            return path_errno(directory);
        LINUX(close, directory);
        return CLOUDABI_EPERM;
    }
    if ((fd.flags & CLOUDABI_LOOKUP_SYMLINK_FOLLOW) == 0)
        return CLOUDABI_ESUCCESS;
    cloudabi_errno_t error = path_expand_last(fd.fd, path);
    if (error == 0 && path_has_trailing_slash(path))
        return CLOUDABI_EPERM; // the link's target was written with a slash
    return error;
}

EXPORT cloudabi_errno_t cloudabi_sys_file_link(cloudabi_lookup_t fd1, const char *path1,
                                               size_t path1_len, cloudabi_fd_t fd2,
                                               const char *path2, size_t path2_len) {
    struct path old_path, new_path;
    struct path_last from, to;
    cloudabi_errno_t error = fd_check(fd1.fd, 0);
    if (error == 0)
        error = fd_check(fd2, CLOUDABI_RIGHT_FILE_LINK_TARGET);
    if (error == 0)
        error = fd_check(fd1.fd, CLOUDABI_RIGHT_FILE_LINK_SOURCE);
    if (error == 0 && (fd1.flags & ~CLOUDABI_LOOKUP_SYMLINK_FOLLOW) != 0)
        error = CLOUDABI_EINVAL;
    if (error == 0)
        error = path_copy(&old_path, path1, path1_len);
    if (error == 0)
        error = path_copy(&new_path, path2, path2_len);
    if (error == 0)
        error = settle_source(fd1, &old_path);
    if (error == 0)
        error = path_split(fd1.fd, &old_path, &from);
    if (error != 0)
        return error;
    error = path_split(fd2, &new_path, &to);
    if (error == 0) {
        linux_result result = from.dots ? -EPERM
                              : to.dots
                                  ? -EEXIST
                                  : LINUX(linkat, from.parent, from.last, to.parent, to.last, 0);
        error = errno_from_linux(result);
        path_split_done(&to);
    }
    path_split_done(&from);
    return error;
}

EXPORT cloudabi_errno_t cloudabi_sys_file_readlink(cloudabi_fd_t fd, const char *path_text,
                                                   size_t path_len, char *buf, size_t buf_len,
                                                   size_t *bufused) {
    cloudabi_errno_t error = fd_check(fd, CLOUDABI_RIGHT_FILE_READLINK);
    struct path path;
    if (error == 0)
        error = path_copy(&path, path_text, path_len);
    if (error != 0)
        return error;
    // Not to the program's buffer: Linux refuses one of no length, which the ABI does not, and
    // strict mode's supervisor would write to memory that is for reading only.
    char target[LINUX_PATH_MAX];
    linux_result result = path_read_link(fd, &path, target, sizeof(target));
    if (result < 0)
        return path_errno(result);
    size_t used = (size_t)result < buf_len ? (size_t)result : buf_len;
    return user_copy(buf, target, used) && user_put64(bufused, used) ? CLOUDABI_ESUCCESS
                                                                     : CLOUDABI_EFAULT;
}

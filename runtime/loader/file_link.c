// SPDX-License-Identifier: BSD-2-Clause
// file_link, file_readlink.

#include "path.h"

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
    cloudabi_errno_t error = fd_get(fd1.fd, 0, NULL);
    if (error == 0)
        error = fd_get(fd2, CLOUDABI_RIGHT_FILE_LINK_TARGET, NULL);
    if (error == 0)
        error = fd_get(fd1.fd, CLOUDABI_RIGHT_FILE_LINK_SOURCE, NULL);
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
    cloudabi_errno_t error = fd_get(fd, CLOUDABI_RIGHT_FILE_READLINK, NULL);
    struct path path;
    if (error == 0)
        error = path_copy(&path, path_text, path_len);
    if (error != 0)
        return error;
    // Linux refuses a buffer of no length, the ABI does not.
    char unused;
    linux_result result =
        buf_len == 0 ? path_read_link(fd, &path, &unused, 1)
                     : path_read_link(fd, &path, buf, buf_len < INT32_MAX ? buf_len : INT32_MAX);
    if (result >= 0)
        *bufused = buf_len == 0 ? 0 : (size_t)result;
    return path_errno(result);
}

// SPDX-License-Identifier: BSD-2-Clause
// Calls that make, move and remove names: file_create, file_symlink, file_rename, file_unlink.

#include "path.h"

// Checks the right, copies the path, opens the parent directory.
static cloudabi_errno_t start(cloudabi_fd_t fd, cloudabi_rights_t need, const char *text,
                              size_t len, struct path *path, struct path_last *last) {
    cloudabi_errno_t error = fd_check(fd, need);
    if (error == 0)
        error = path_copy(path, text, len);
    if (error == 0)
        error = path_split(fd, path, last);
    return error;
}

EXPORT cloudabi_errno_t cloudabi_sys_file_create(cloudabi_fd_t fd, const char *path_text,
                                                 size_t path_len, cloudabi_filetype_t type) {
    struct path path;
    struct path_last last;
    if (type != CLOUDABI_FILETYPE_DIRECTORY) {
        cloudabi_errno_t error = fd_check(fd, 0);
        return error != 0 ? error : CLOUDABI_EINVAL;
    }
    cloudabi_errno_t error =
        start(fd, CLOUDABI_RIGHT_FILE_CREATE_DIRECTORY, path_text, path_len, &path, &last);
    if (error != 0)
        return error;
    linux_result result = last.dots ? -EEXIST : LINUX(mkdirat, last.parent, last.last, 0777);
    path_split_done(&last);
    return errno_from_linux(result);
}

EXPORT cloudabi_errno_t cloudabi_sys_file_symlink(const char *path1, size_t path1_len,
                                                  cloudabi_fd_t fd, const char *path2,
                                                  size_t path2_len) {
    struct path target, path;
    struct path_last last;
    cloudabi_errno_t error = fd_check(fd, CLOUDABI_RIGHT_FILE_SYMLINK);
    if (error != 0)
        return error;
    // Stored as it is: where it leads is found out when it is followed.
    error = path_copy(&target, path1, path1_len);
    if (error != 0 && error != CLOUDABI_ENOTCAPABLE)
        return error;
    error = start(fd, CLOUDABI_RIGHT_FILE_SYMLINK, path2, path2_len, &path, &last);
    if (error != 0)
        return error;
    linux_result result =
        last.dots ? -EEXIST : LINUX(symlinkat, target.text, last.parent, last.last);
    path_split_done(&last);
    return errno_from_linux(result);
}

EXPORT cloudabi_errno_t cloudabi_sys_file_unlink(cloudabi_fd_t fd, const char *path_text,
                                                 size_t path_len, cloudabi_ulflags_t flags) {
    struct path path;
    struct path_last last;
    cloudabi_errno_t error =
        start(fd, CLOUDABI_RIGHT_FILE_UNLINK, path_text, path_len, &path, &last);
    if (error != 0)
        return error;
    bool directory = (flags & CLOUDABI_UNLINK_REMOVEDIR) != 0;
    linux_result result;
    if ((flags & ~CLOUDABI_UNLINK_REMOVEDIR) != 0)
        result = -EINVAL;
    else if (last.dots)
        result = !directory ? -EPERM : last.last[1] == '.' ? -ENOTEMPTY : -EINVAL;
    else
        result = LINUX(unlinkat, last.parent, last.last, directory ? AT_REMOVEDIR : 0);
    path_split_done(&last);
    if (result == -EISDIR)
        return CLOUDABI_EPERM;
    return errno_from_linux(result);
}

EXPORT cloudabi_errno_t cloudabi_sys_file_rename(cloudabi_fd_t fd1, const char *path1,
                                                 size_t path1_len, cloudabi_fd_t fd2,
                                                 const char *path2, size_t path2_len) {
    struct path old_path, new_path;
    struct path_last from, to;
    cloudabi_errno_t error = fd_check(fd1, 0);
    if (error == 0)
        error = fd_check(fd2, CLOUDABI_RIGHT_FILE_RENAME_TARGET);
    if (error == 0)
        error = start(fd1, CLOUDABI_RIGHT_FILE_RENAME_SOURCE, path1, path1_len, &old_path, &from);
    if (error != 0)
        return error;
    error = start(fd2, CLOUDABI_RIGHT_FILE_RENAME_TARGET, path2, path2_len, &new_path, &to);
    if (error == 0) {
        // POSIX has INVAL for "." and "..", Linux BUSY.
        linux_result result = from.dots || to.dots
                                  ? -EINVAL
                                  : LINUX(renameat, from.parent, from.last, to.parent, to.last);
        error = errno_from_linux(result);
        path_split_done(&to);
    }
    path_split_done(&from);
    return error;
}

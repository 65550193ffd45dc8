// SPDX-License-Identifier: BSD-2-Clause
// Lists of the calls, for tables and stubs.
// Made by abi/generate.py from abi/*.toml: change those.

#ifndef CLOUDABI_CALLS_H
#define CLOUDABI_CALLS_H

// X(name) for every call: the 49 in alphabetical order, then extensions.
#define CLOUDABI_CALLS(X) \
    X(clock_res_get) \
    X(clock_time_get) \
    X(condvar_signal) \
    X(fd_close) \
    X(fd_create1) \
    X(fd_create2) \
    X(fd_datasync) \
    X(fd_dup) \
    X(fd_pread) \
    X(fd_pwrite) \
    X(fd_read) \
    X(fd_replace) \
    X(fd_seek) \
    X(fd_stat_get) \
    X(fd_stat_put) \
    X(fd_sync) \
    X(fd_write) \
    X(file_advise) \
    X(file_allocate) \
    X(file_create) \
    X(file_link) \
    X(file_open) \
    X(file_readdir) \
    X(file_readlink) \
    X(file_rename) \
    X(file_stat_fget) \
    X(file_stat_fput) \
    X(file_stat_get) \
    X(file_stat_put) \
    X(file_symlink) \
    X(file_unlink) \
    X(lock_unlock) \
    X(mem_advise) \
    X(mem_map) \
    X(mem_protect) \
    X(mem_sync) \
    X(mem_unmap) \
    X(poll) \
    X(proc_exec) \
    X(proc_exit) \
    X(proc_fork) \
    X(proc_raise) \
    X(random_get) \
    X(sock_recv) \
    X(sock_send) \
    X(sock_shutdown) \
    X(thread_create) \
    X(thread_exit) \
    X(thread_yield) \
    X(clock_timespec_get) \
    X(sock_accept)

// X(name) for the calls beyond v0.20.
#define CLOUDABI_CALLS_EXTENSIONS(X) \
    X(clock_timespec_get) \
    X(sock_accept)

// X(name) for the calls that do not return.
#define CLOUDABI_CALLS_NORETURN(X) \
    X(proc_exit) \
    X(thread_exit)

// X(name, parameter count, return type, (parameters), (their names)). Those that return an error.
#define CLOUDABI_CALLS_FULL(X) \
    X(clock_res_get, 2, cloudabi_errno_t, (cloudabi_clockid_t clock_id, cloudabi_timestamp_t *resolution), (clock_id, resolution)) \
    X(clock_time_get, 3, cloudabi_errno_t, (cloudabi_clockid_t clock_id, cloudabi_timestamp_t precision, cloudabi_timestamp_t *time), (clock_id, precision, time)) \
    X(condvar_signal, 3, cloudabi_errno_t, (CLOUDABI_ATOMIC(cloudabi_condvar_t) *condvar, cloudabi_scope_t scope, cloudabi_nthreads_t nwaiters), (condvar, scope, nwaiters)) \
    X(fd_close, 1, cloudabi_errno_t, (cloudabi_fd_t fd), (fd)) \
    X(fd_create1, 2, cloudabi_errno_t, (cloudabi_filetype_t type, cloudabi_fd_t *fd), (type, fd)) \
    X(fd_create2, 3, cloudabi_errno_t, (cloudabi_filetype_t type, cloudabi_fd_t *fd1, cloudabi_fd_t *fd2), (type, fd1, fd2)) \
    X(fd_datasync, 1, cloudabi_errno_t, (cloudabi_fd_t fd), (fd)) \
    X(fd_dup, 2, cloudabi_errno_t, (cloudabi_fd_t from, cloudabi_fd_t *fd), (from, fd)) \
    X(fd_pread, 5, cloudabi_errno_t, (cloudabi_fd_t fd, const cloudabi_iovec_t *iovs, size_t iovs_len, cloudabi_filesize_t offset, size_t *nread), (fd, iovs, iovs_len, offset, nread)) \
    X(fd_pwrite, 5, cloudabi_errno_t, (cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs, size_t iovs_len, cloudabi_filesize_t offset, size_t *nwritten), (fd, iovs, iovs_len, offset, nwritten)) \
    X(fd_read, 4, cloudabi_errno_t, (cloudabi_fd_t fd, const cloudabi_iovec_t *iovs, size_t iovs_len, size_t *nread), (fd, iovs, iovs_len, nread)) \
    X(fd_replace, 2, cloudabi_errno_t, (cloudabi_fd_t from, cloudabi_fd_t to), (from, to)) \
    X(fd_seek, 4, cloudabi_errno_t, (cloudabi_fd_t fd, cloudabi_filedelta_t offset, cloudabi_whence_t whence, cloudabi_filesize_t *newoffset), (fd, offset, whence, newoffset)) \
    X(fd_stat_get, 2, cloudabi_errno_t, (cloudabi_fd_t fd, cloudabi_fdstat_t *buf), (fd, buf)) \
    X(fd_stat_put, 3, cloudabi_errno_t, (cloudabi_fd_t fd, const cloudabi_fdstat_t *buf, cloudabi_fdsflags_t flags), (fd, buf, flags)) \
    X(fd_sync, 1, cloudabi_errno_t, (cloudabi_fd_t fd), (fd)) \
    X(fd_write, 4, cloudabi_errno_t, (cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs, size_t iovs_len, size_t *nwritten), (fd, iovs, iovs_len, nwritten)) \
    X(file_advise, 4, cloudabi_errno_t, (cloudabi_fd_t fd, cloudabi_filesize_t offset, cloudabi_filesize_t len, cloudabi_advice_t advice), (fd, offset, len, advice)) \
    X(file_allocate, 3, cloudabi_errno_t, (cloudabi_fd_t fd, cloudabi_filesize_t offset, cloudabi_filesize_t len), (fd, offset, len)) \
    X(file_create, 4, cloudabi_errno_t, (cloudabi_fd_t fd, const char *path, size_t path_len, cloudabi_filetype_t type), (fd, path, path_len, type)) \
    X(file_link, 6, cloudabi_errno_t, (cloudabi_lookup_t fd1, const char *path1, size_t path1_len, cloudabi_fd_t fd2, const char *path2, size_t path2_len), (fd1, path1, path1_len, fd2, path2, path2_len)) \
    X(file_open, 6, cloudabi_errno_t, (cloudabi_lookup_t dirfd, const char *path, size_t path_len, cloudabi_oflags_t oflags, const cloudabi_fdstat_t *fds, cloudabi_fd_t *fd), (dirfd, path, path_len, oflags, fds, fd)) \
    X(file_readdir, 5, cloudabi_errno_t, (cloudabi_fd_t fd, void *buf, size_t buf_len, cloudabi_dircookie_t cookie, size_t *bufused), (fd, buf, buf_len, cookie, bufused)) \
    X(file_readlink, 6, cloudabi_errno_t, (cloudabi_fd_t fd, const char *path, size_t path_len, char *buf, size_t buf_len, size_t *bufused), (fd, path, path_len, buf, buf_len, bufused)) \
    X(file_rename, 6, cloudabi_errno_t, (cloudabi_fd_t fd1, const char *path1, size_t path1_len, cloudabi_fd_t fd2, const char *path2, size_t path2_len), (fd1, path1, path1_len, fd2, path2, path2_len)) \
    X(file_stat_fget, 2, cloudabi_errno_t, (cloudabi_fd_t fd, cloudabi_filestat_t *buf), (fd, buf)) \
    X(file_stat_fput, 3, cloudabi_errno_t, (cloudabi_fd_t fd, const cloudabi_filestat_t *buf, cloudabi_fsflags_t flags), (fd, buf, flags)) \
    X(file_stat_get, 4, cloudabi_errno_t, (cloudabi_lookup_t fd, const char *path, size_t path_len, cloudabi_filestat_t *buf), (fd, path, path_len, buf)) \
    X(file_stat_put, 5, cloudabi_errno_t, (cloudabi_lookup_t fd, const char *path, size_t path_len, const cloudabi_filestat_t *buf, cloudabi_fsflags_t flags), (fd, path, path_len, buf, flags)) \
    X(file_symlink, 5, cloudabi_errno_t, (const char *path1, size_t path1_len, cloudabi_fd_t fd, const char *path2, size_t path2_len), (path1, path1_len, fd, path2, path2_len)) \
    X(file_unlink, 4, cloudabi_errno_t, (cloudabi_fd_t fd, const char *path, size_t path_len, cloudabi_ulflags_t flags), (fd, path, path_len, flags)) \
    X(lock_unlock, 2, cloudabi_errno_t, (CLOUDABI_ATOMIC(cloudabi_lock_t) *lock, cloudabi_scope_t scope), (lock, scope)) \
    X(mem_advise, 3, cloudabi_errno_t, (void *mapping, size_t mapping_len, cloudabi_advice_t advice), (mapping, mapping_len, advice)) \
    X(mem_map, 7, cloudabi_errno_t, (void *addr, size_t len, cloudabi_mprot_t prot, cloudabi_mflags_t flags, cloudabi_fd_t fd, cloudabi_filesize_t off, void **mem), (addr, len, prot, flags, fd, off, mem)) \
    X(mem_protect, 3, cloudabi_errno_t, (void *mapping, size_t mapping_len, cloudabi_mprot_t prot), (mapping, mapping_len, prot)) \
    X(mem_sync, 3, cloudabi_errno_t, (void *mapping, size_t mapping_len, cloudabi_msflags_t flags), (mapping, mapping_len, flags)) \
    X(mem_unmap, 2, cloudabi_errno_t, (void *mapping, size_t mapping_len), (mapping, mapping_len)) \
    X(poll, 4, cloudabi_errno_t, (const cloudabi_subscription_t *in, cloudabi_event_t *out, size_t nsubscriptions, size_t *nevents), (in, out, nsubscriptions, nevents)) \
    X(proc_exec, 5, cloudabi_errno_t, (cloudabi_fd_t fd, const void *data, size_t data_len, const cloudabi_fd_t *fds, size_t fds_len), (fd, data, data_len, fds, fds_len)) \
    X(proc_fork, 2, cloudabi_errno_t, (cloudabi_fd_t *fd, cloudabi_tid_t *tid), (fd, tid)) \
    X(proc_raise, 1, cloudabi_errno_t, (cloudabi_signal_t sig), (sig)) \
    X(random_get, 2, cloudabi_errno_t, (void *buf, size_t buf_len), (buf, buf_len)) \
    X(sock_recv, 3, cloudabi_errno_t, (cloudabi_fd_t sock, const cloudabi_recv_in_t *in, cloudabi_recv_out_t *out), (sock, in, out)) \
    X(sock_send, 3, cloudabi_errno_t, (cloudabi_fd_t sock, const cloudabi_send_in_t *in, cloudabi_send_out_t *out), (sock, in, out)) \
    X(sock_shutdown, 2, cloudabi_errno_t, (cloudabi_fd_t sock, cloudabi_sdflags_t how), (sock, how)) \
    X(thread_create, 2, cloudabi_errno_t, (cloudabi_threadattr_t *attr, cloudabi_tid_t *tid), (attr, tid)) \
    X(thread_yield, 0, cloudabi_errno_t, (void), ()) \
    X(clock_timespec_get, 2, cloudabi_errno_t, (cloudabi_clockid_t clock_id, cloudabi_timespec_t *time), (clock_id, time)) \
    X(sock_accept, 3, cloudabi_errno_t, (cloudabi_fd_t sock, void *unused, cloudabi_fd_t *conn), (sock, unused, conn))

// The same for those that do not return.
#define CLOUDABI_CALLS_FULL_NORETURN(X) \
    X(proc_exit, 1, void, (cloudabi_exitcode_t rval), (rval)) \
    X(thread_exit, 2, void, (CLOUDABI_ATOMIC(cloudabi_lock_t) *lock, cloudabi_scope_t scope), (lock, scope))

#define CLOUDABI_CALLS_COUNT 51

#endif

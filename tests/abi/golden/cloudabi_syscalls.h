// SPDX-License-Identifier: BSD-2-Clause
// The calls of the ABI as C functions. Results are written only on success.
// Made by abi/generate.py from abi/*.toml: change those.

#ifndef CLOUDABI_SYSCALLS_H
#define CLOUDABI_SYSCALLS_H

#include "cloudabi_types.h"

#ifdef __cplusplus
extern "C" {
#endif

// Tell the resolution of a clock.
// CLOUDABI_EINVAL: the clock is unknown.
cloudabi_errno_t cloudabi_sys_clock_res_get(cloudabi_clockid_t clock_id, cloudabi_timestamp_t *resolution);

// Tell the time of a clock; the answer may lag by less than precision, which is a hint.
// CLOUDABI_EINVAL: the clock is unknown.
cloudabi_errno_t cloudabi_sys_clock_time_get(cloudabi_clockid_t clock_id, cloudabi_timestamp_t precision, cloudabi_timestamp_t *time);

// Wake up to nwaiters threads that wait on a condition variable, moving them to its lock; nobody waiting is no error.
cloudabi_errno_t cloudabi_sys_condvar_signal(CLOUDABI_ATOMIC(cloudabi_condvar_t) *condvar, cloudabi_scope_t scope, cloudabi_nthreads_t nwaiters);

// Close a descriptor; closing the last one of a child process ends that process.
cloudabi_errno_t cloudabi_sys_fd_close(cloudabi_fd_t fd);

// Make an object without a name: an empty shared memory object.
// CLOUDABI_EINVAL: type is not SHARED_MEMORY.
cloudabi_errno_t cloudabi_sys_fd_create1(cloudabi_filetype_t type, cloudabi_fd_t *fd);

// Make a pair of connected sockets; both ends can send and receive.
// CLOUDABI_EINVAL: type is neither SOCKET_DGRAM nor SOCKET_STREAM.
cloudabi_errno_t cloudabi_sys_fd_create2(cloudabi_filetype_t type, cloudabi_fd_t *fd1, cloudabi_fd_t *fd2);

// Wait until the data of a file is stored.
// Right: fd: fd_datasync.
cloudabi_errno_t cloudabi_sys_fd_datasync(cloudabi_fd_t fd);

// Make another descriptor of the same object, with the same rights, sharing offset and flags.
cloudabi_errno_t cloudabi_sys_fd_dup(cloudabi_fd_t from, cloudabi_fd_t *fd);

// Read at an offset without moving the descriptor's own.
// Right: fd: fd_read & fd_seek.
// CLOUDABI_ESPIPE: the object has no offsets.
cloudabi_errno_t cloudabi_sys_fd_pread(cloudabi_fd_t fd, const cloudabi_iovec_t *iovs, size_t iovs_len, cloudabi_filesize_t offset, size_t *nread);

// Write at an offset without moving the descriptor's own.
// Right: fd: fd_write & fd_seek.
// CLOUDABI_ESPIPE: the object has no offsets.
cloudabi_errno_t cloudabi_sys_fd_pwrite(cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs, size_t iovs_len, cloudabi_filesize_t offset, size_t *nwritten);

// Read; zero bytes mean end of file.
// Right: fd: fd_read.
// CLOUDABI_EAGAIN: NONBLOCK is set and there is nothing to read.
cloudabi_errno_t cloudabi_sys_fd_read(cloudabi_fd_t fd, const cloudabi_iovec_t *iovs, size_t iovs_len, size_t *nread);

// Make the open descriptor `to` a copy of `from`, in one step; what `to` was is released.
// CLOUDABI_EBADF: one of the two is not open.
cloudabi_errno_t cloudabi_sys_fd_replace(cloudabi_fd_t from, cloudabi_fd_t to);

// Move the offset of a descriptor.
// Right: when offset is 0 and whence is CUR: fd: fd_tell.
// Right: when anything else: fd: fd_seek.
// CLOUDABI_EINVAL: whence is unknown, or the offset would be negative.
// CLOUDABI_ESPIPE: the object has no offsets.
cloudabi_errno_t cloudabi_sys_fd_seek(cloudabi_fd_t fd, cloudabi_filedelta_t offset, cloudabi_whence_t whence, cloudabi_filesize_t *newoffset);

// Tell type, flags and rights of a descriptor.
cloudabi_errno_t cloudabi_sys_fd_stat_get(cloudabi_fd_t fd, cloudabi_fdstat_t *buf);

// Change the flags of a descriptor or give up some of its rights.
// Right: when flags is FLAGS: fd: fd_stat_put_flags.
// CLOUDABI_EINVAL: flags is not exactly one of FLAGS and RIGHTS.
// CLOUDABI_ENOTCAPABLE: a set of rights would grow.
cloudabi_errno_t cloudabi_sys_fd_stat_put(cloudabi_fd_t fd, const cloudabi_fdstat_t *buf, cloudabi_fdsflags_t flags);

// Wait until data and metadata of a file are stored.
// Right: fd: fd_sync.
cloudabi_errno_t cloudabi_sys_fd_sync(cloudabi_fd_t fd);

// Write; may write less than asked.
// Right: fd: fd_write.
// CLOUDABI_EAGAIN: NONBLOCK is set and there is no room.
// CLOUDABI_EPIPE: nobody reads the other end; no signal is raised.
cloudabi_errno_t cloudabi_sys_fd_write(cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs, size_t iovs_len, size_t *nwritten);

// Say how a range of a file will be used.
// Right: fd: file_advise.
// CLOUDABI_EINVAL: the advice is unknown.
cloudabi_errno_t cloudabi_sys_file_advise(cloudabi_fd_t fd, cloudabi_filesize_t offset, cloudabi_filesize_t len, cloudabi_advice_t advice);

// Reserve storage for a range of a file, growing it if need be.
// Right: fd: file_allocate.
cloudabi_errno_t cloudabi_sys_file_allocate(cloudabi_fd_t fd, cloudabi_filesize_t offset, cloudabi_filesize_t len);

// Make a directory.
// Right: fd: file_create_directory.
// CLOUDABI_EINVAL: type is not DIRECTORY.
cloudabi_errno_t cloudabi_sys_file_create(cloudabi_fd_t fd, const char *path, size_t path_len, cloudabi_filetype_t type);

// Give an existing file a second name.
// Right: fd1: file_link_source.
// Right: fd2: file_link_target.
// CLOUDABI_EEXIST: the new name is taken.
cloudabi_errno_t cloudabi_sys_file_link(cloudabi_lookup_t fd1, const char *path1, size_t path1_len, cloudabi_fd_t fd2, const char *path2, size_t path2_len);

// Open a file below a directory, with the rights and flags that fds asks for.
// Right: dirfd: file_open.
// Right: when oflags has CREAT: dirfd: file_create_file.
// Right: when oflags has TRUNC: dirfd.inheriting: file_stat_fput_size.
// Right: when fs_flags has DSYNC: dirfd.inheriting: fd_datasync | fd_sync.
// Right: when fs_flags has RSYNC or SYNC: dirfd.inheriting: fd_sync.
// Right: when opened for writing without APPEND and TRUNC: dirfd.inheriting: fd_seek.
// CLOUDABI_ELOOP: the last component is a symbolic link and is not to be followed.
// CLOUDABI_ENOTCAPABLE: a right asked for is not in the directory's inheriting set.
// CLOUDABI_ENOTSUP: the name is that of a socket.
cloudabi_errno_t cloudabi_sys_file_open(cloudabi_lookup_t dirfd, const char *path, size_t path_len, cloudabi_oflags_t oflags, const cloudabi_fdstat_t *fds, cloudabi_fd_t *fd);

// Read entries of a directory, packed, from a cookie on; a buffer not filled means the end.
// Right: fd: file_readdir.
cloudabi_errno_t cloudabi_sys_file_readdir(cloudabi_fd_t fd, void *buf, size_t buf_len, cloudabi_dircookie_t cookie, size_t *bufused);

// Tell the target of a symbolic link, cut to the buffer, without terminator.
// Right: fd: file_readlink.
// CLOUDABI_EINVAL: not a symbolic link.
cloudabi_errno_t cloudabi_sys_file_readlink(cloudabi_fd_t fd, const char *path, size_t path_len, char *buf, size_t buf_len, size_t *bufused);

// Change the name of a file, replacing what had the new one.
// Right: fd1: file_rename_source.
// Right: fd2: file_rename_target.
// CLOUDABI_EINVAL: a directory would move below itself.
cloudabi_errno_t cloudabi_sys_file_rename(cloudabi_fd_t fd1, const char *path1, size_t path1_len, cloudabi_fd_t fd2, const char *path2, size_t path2_len);

// Tell the attributes of an open file.
// Right: fd: file_stat_fget.
cloudabi_errno_t cloudabi_sys_file_stat_fget(cloudabi_fd_t fd, cloudabi_filestat_t *buf);

// Change size or times of an open file.
// Right: when flags is SIZE: fd: file_stat_fput_size.
// Right: when flags has times: fd: file_stat_fput_times.
// CLOUDABI_EINVAL: no flag, an unknown one, or SIZE together with times.
cloudabi_errno_t cloudabi_sys_file_stat_fput(cloudabi_fd_t fd, const cloudabi_filestat_t *buf, cloudabi_fsflags_t flags);

// Tell the attributes of a file by its name.
// Right: fd: file_stat_get.
cloudabi_errno_t cloudabi_sys_file_stat_get(cloudabi_lookup_t fd, const char *path, size_t path_len, cloudabi_filestat_t *buf);

// Change the times of a file by its name.
// Right: fd: file_stat_put_times.
// CLOUDABI_EINVAL: SIZE or an unknown flag.
cloudabi_errno_t cloudabi_sys_file_stat_put(cloudabi_lookup_t fd, const char *path, size_t path_len, const cloudabi_filestat_t *buf, cloudabi_fsflags_t flags);

// Make a symbolic link at path2 that holds path1; what it holds is not looked at.
// Right: fd: file_symlink.
// CLOUDABI_EEXIST: the name is taken.
cloudabi_errno_t cloudabi_sys_file_symlink(const char *path1, size_t path1_len, cloudabi_fd_t fd, const char *path2, size_t path2_len);

// Remove a name.
// Right: fd: file_unlink.
// CLOUDABI_ENOTDIR: REMOVEDIR on something else than a directory.
// CLOUDABI_ENOTEMPTY: the directory has entries.
// CLOUDABI_EPERM: a directory without REMOVEDIR.
cloudabi_errno_t cloudabi_sys_file_unlink(cloudabi_fd_t fd, const char *path, size_t path_len, cloudabi_ulflags_t flags);

// Release a lock held for writing on which others sleep.
// CLOUDABI_EPERM: the caller does not hold the lock for writing.
cloudabi_errno_t cloudabi_sys_lock_unlock(CLOUDABI_ATOMIC(cloudabi_lock_t) *lock, cloudabi_scope_t scope);

// Say how a range of memory will be used.
// CLOUDABI_EINVAL: NOREUSE or unknown advice.
cloudabi_errno_t cloudabi_sys_mem_advise(void *mapping, size_t mapping_len, cloudabi_advice_t advice);

// Map a file or fresh memory; mem_protect can later add nothing that the descriptor did not allow here.
// Right: when flags lacks ANON: fd: mem_map.
// Right: when flags lacks ANON and prot has READ: fd: fd_read.
// Right: when flags has SHARED, lacks ANON and prot has WRITE: fd: fd_write.
// Right: when flags lacks ANON and prot has EXEC: fd: mem_map_exec.
// CLOUDABI_EINVAL: not exactly one of PRIVATE and SHARED, or ANON with a descriptor or an offset.
// CLOUDABI_ENOTSUP: WRITE with EXEC, or unknown protection.
cloudabi_errno_t cloudabi_sys_mem_map(void *addr, size_t len, cloudabi_mprot_t prot, cloudabi_mflags_t flags, cloudabi_fd_t fd, cloudabi_filesize_t off, void **mem);

// Change what may be done with a range of memory.
// CLOUDABI_ENOTSUP: WRITE with EXEC, or unknown protection.
cloudabi_errno_t cloudabi_sys_mem_protect(void *mapping, size_t mapping_len, cloudabi_mprot_t prot);

// Bring a mapping and its file together.
// CLOUDABI_EINVAL: not exactly one of ASYNC and SYNC.
cloudabi_errno_t cloudabi_sys_mem_sync(void *mapping, size_t mapping_len, cloudabi_msflags_t flags);

// Remove a range of memory.
cloudabi_errno_t cloudabi_sys_mem_unmap(void *mapping, size_t mapping_len);

// Wait until at least one of several things happens; a bad subscription gives an event with its error.
// Right: when type is FD_READ: in.fd_readwrite.fd: poll_fd_readwrite & fd_read.
// Right: when type is FD_WRITE: in.fd_readwrite.fd: poll_fd_readwrite & fd_write.
// Right: when type is PROC_TERMINATE: in.proc_terminate.fd: poll_proc_terminate.
// CLOUDABI_EINVAL: no subscription.
cloudabi_errno_t cloudabi_sys_poll(const cloudabi_subscription_t *in, cloudabi_event_t *out, size_t nsubscriptions, size_t *nevents);

// Replace this program by another that gets data and, as descriptors 0, 1, ..., those of the list and no other.
// Right: fd: proc_exec.
// CLOUDABI_E2BIG: too much data or too many descriptors.
// CLOUDABI_ENOEXEC: not a program for this system.
cloudabi_errno_t cloudabi_sys_proc_exec(cloudabi_fd_t fd, const void *data, size_t data_len, const cloudabi_fd_t *fds, size_t fds_len);

// End the process and all its threads.
CLOUDABI_NORETURN void cloudabi_sys_proc_exit(cloudabi_exitcode_t rval);

// Make a copy of the process with this one thread; the parent gets its descriptor, the child PROCESS_CHILD and a thread id.
cloudabi_errno_t cloudabi_sys_proc_fork(cloudabi_fd_t *fd, cloudabi_tid_t *tid);

// Do to this process what a signal does by default; zero does nothing.
// CLOUDABI_EINVAL: the signal is unknown.
cloudabi_errno_t cloudabi_sys_proc_raise(cloudabi_signal_t sig);

// Fill a buffer with random bytes fit for keys.
cloudabi_errno_t cloudabi_sys_random_get(void *buf, size_t buf_len);

// Receive data and descriptors.
// Right: sock: fd_read.
// CLOUDABI_EAGAIN: NONBLOCK is set and nothing has come.
// CLOUDABI_ENOTSOCK: not a socket.
cloudabi_errno_t cloudabi_sys_sock_recv(cloudabi_fd_t sock, const cloudabi_recv_in_t *in, cloudabi_recv_out_t *out);

// Send data and copies of descriptors; the copies need no right.
// Right: sock: fd_write.
// CLOUDABI_EBADF: also for a descriptor of the list.
// CLOUDABI_EINVAL: flags are not zero.
// CLOUDABI_ENOTSOCK: not a socket.
// CLOUDABI_EPIPE: nobody reads the other end.
cloudabi_errno_t cloudabi_sys_sock_send(cloudabi_fd_t sock, const cloudabi_send_in_t *in, cloudabi_send_out_t *out);

// End one or both directions of a connection.
// Right: sock: sock_shutdown.
// CLOUDABI_EINVAL: no direction or an unknown flag.
// CLOUDABI_ENOTCONN: not connected.
// CLOUDABI_ENOTSOCK: not a socket.
cloudabi_errno_t cloudabi_sys_sock_shutdown(cloudabi_fd_t sock, cloudabi_sdflags_t how);

// Start a thread.
cloudabi_errno_t cloudabi_sys_thread_create(cloudabi_threadattr_t *attr, cloudabi_tid_t *tid);

// Release a lock held for writing, then end the thread without touching its stack again; the last one ends the process with 0.
CLOUDABI_NORETURN void cloudabi_sys_thread_exit(CLOUDABI_ATOMIC(cloudabi_lock_t) *lock, cloudabi_scope_t scope);

// Let other threads run.
cloudabi_errno_t cloudabi_sys_thread_yield(void);

// Tell the time of a clock in seconds and nanoseconds: clock_time_get without a sum.
// CLOUDABI_EINVAL: the clock is unknown.
// Not in v0.20: bind it as optional.
cloudabi_errno_t cloudabi_sys_clock_timespec_get(cloudabi_clockid_t clock_id, cloudabi_timespec_t *time);

// Take the next connection of a listening socket; the result is a stream socket bounded by the listener's inheriting rights.
// Right: sock: sock_accept.
// CLOUDABI_EAGAIN: NONBLOCK is set and nobody is waiting.
// CLOUDABI_EINVAL: unused is not null, or the socket does not listen.
// CLOUDABI_ENOTSOCK: not a socket.
// Not in v0.20: bind it as optional.
cloudabi_errno_t cloudabi_sys_sock_accept(cloudabi_fd_t sock, void *unused, cloudabi_fd_t *conn);

#ifdef __cplusplus
}
#endif

#endif

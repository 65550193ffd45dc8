// SPDX-License-Identifier: BSD-2-Clause
// Types, constants and structures of the ABI.
// Made by abi/generate.py from abi/*.toml: change those.

#ifndef CLOUDABI_TYPES_H
#define CLOUDABI_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define CLOUDABI_STATIC_ASSERT static_assert
#define CLOUDABI_ALIGNAS(n) alignas(n)
#define CLOUDABI_ALIGNOF(t) alignof(t)
// C++ has no spelling for C's atomic types. These are pointed to only, so the layout stays the same.
#define CLOUDABI_ATOMIC(t) t
#define CLOUDABI_NORETURN [[noreturn]]
#else
#define CLOUDABI_STATIC_ASSERT _Static_assert
#define CLOUDABI_ALIGNAS(n) _Alignas(n)
#define CLOUDABI_ALIGNOF(t) _Alignof(t)
#define CLOUDABI_ATOMIC(t) _Atomic(t)
#define CLOUDABI_NORETURN _Noreturn
#endif

#ifdef __cplusplus
extern "C" {
#endif

// Condition variable word. Only the system writes it; anything but zero means that somebody may be waiting.
typedef uint32_t cloudabi_condvar_t;
#define CLOUDABI_CONDVAR_HAS_NO_WAITERS 0 // nobody waits: signalling needs no call

// Identifies the file system instance that holds a file.
typedef uint64_t cloudabi_device_t;

// Position in a directory, good for rewinding in any descriptor of that directory.
typedef uint64_t cloudabi_dircookie_t;
#define CLOUDABI_DIRCOOKIE_START UINT64_C(0) // the first entry

// What a process leaves behind when it exits by itself.
typedef uint32_t cloudabi_exitcode_t;

// Descriptor number. It is the only thing that conveys authority.
typedef uint32_t cloudabi_fd_t;
#define CLOUDABI_PROCESS_CHILD 0xffffffffu // what proc_fork gives to the child instead of a descriptor
#define CLOUDABI_MAP_ANON_FD   0xffffffffu // the descriptor argument of an anonymous mapping

// Signed distance in a file, in bytes.
typedef int64_t cloudabi_filedelta_t;

// Size of, or offset in, a file, in bytes.
typedef uint64_t cloudabi_filesize_t;

// Serial number of a file, unique inside one device.
typedef uint64_t cloudabi_inode_t;

// Number of hard links to a file.
typedef uint32_t cloudabi_linkcount_t;

// Reader-writer lock word: zero, a count of readers, or the owner's thread id, plus the two marks below.
typedef uint32_t cloudabi_lock_t;
#define CLOUDABI_LOCK_UNLOCKED       0 // free
#define CLOUDABI_LOCK_WRLOCKED       0x40000000 // held for writing; the low 30 bits are the owner's thread id
#define CLOUDABI_LOCK_KERNEL_MANAGED 0x80000000u // threads sleep on it: releasing needs a call
#define CLOUDABI_LOCK_BOGUS          0x80000000u // no state a live lock can have; marks a lock as not yet valid

// How many threads to wake.
typedef uint32_t cloudabi_nthreads_t;

// Thread id, meaningful inside its process while the thread lives. Non-zero; the top two bits are clear.
typedef uint32_t cloudabi_tid_t;

// Time in nanoseconds.
typedef uint64_t cloudabi_timestamp_t;

// A value of the caller's, handed back untouched.
typedef uint64_t cloudabi_userdata_t;

// How a range of a file or of memory will be used.
typedef uint8_t cloudabi_advice_t;
#define CLOUDABI_ADVICE_DONTNEED   1 // not needed soon
#define CLOUDABI_ADVICE_NOREUSE    2 // needed once
#define CLOUDABI_ADVICE_NORMAL     3 // nothing to say
#define CLOUDABI_ADVICE_RANDOM     4 // in random order
#define CLOUDABI_ADVICE_SEQUENTIAL 5 // from low to high offsets
#define CLOUDABI_ADVICE_WILLNEED   6 // needed soon

// Kind of an entry of the auxiliary vector. Readers skip the kinds they do not know.
typedef uint32_t cloudabi_auxtype_t;
#define CLOUDABI_AT_NULL         0 // end of the vector
#define CLOUDABI_AT_PHDR         3 // pointer to the program headers in memory
#define CLOUDABI_AT_PHNUM        4 // number of program headers
#define CLOUDABI_AT_PAGESZ       6 // page size, in bytes
#define CLOUDABI_AT_BASE         7 // pointer: what to add to the addresses in the ELF file
#define CLOUDABI_AT_ARGDATA      256 // pointer to the argument data
#define CLOUDABI_AT_ARGDATALEN   257 // size of the argument data, in bytes
#define CLOUDABI_AT_CANARY       258 // pointer to random bytes for stack guards
#define CLOUDABI_AT_CANARYLEN    259 // how many random bytes there are
#define CLOUDABI_AT_NCPUS        260 // number of processors
#define CLOUDABI_AT_TID          261 // thread id of the first thread
#define CLOUDABI_AT_SYSINFO_EHDR 262 // pointer to the ELF header of the vDSO
#define CLOUDABI_AT_PID          263 // pointer to 16 bytes: the version 4 UUID of the process

// A clock.
typedef uint32_t cloudabi_clockid_t;
#define CLOUDABI_CLOCK_MONOTONIC          1 // never steps; counts from no defined moment
#define CLOUDABI_CLOCK_PROCESS_CPUTIME_ID 2 // processor time of the process
#define CLOUDABI_CLOCK_REALTIME           3 // since 1970-01-01 00:00 UTC
#define CLOUDABI_CLOCK_THREAD_CPUTIME_ID  4 // processor time of the calling thread

// What poll waits for.
typedef uint8_t cloudabi_eventtype_t;
#define CLOUDABI_EVENTTYPE_CLOCK          1 // a moment
#define CLOUDABI_EVENTTYPE_CONDVAR        2 // a signal on a condition variable
#define CLOUDABI_EVENTTYPE_FD_READ        3 // something to read
#define CLOUDABI_EVENTTYPE_FD_WRITE       4 // room to write
#define CLOUDABI_EVENTTYPE_LOCK_RDLOCK    5 // a lock, for reading
#define CLOUDABI_EVENTTYPE_LOCK_WRLOCK    6 // a lock, for writing
#define CLOUDABI_EVENTTYPE_PROC_TERMINATE 7 // the end of a process

// What is behind a descriptor or a name. Sockets have 8 in the high four bits; pipes count as stream sockets.
typedef uint8_t cloudabi_filetype_t;
#define CLOUDABI_FILETYPE_UNKNOWN          0x00 // something without a type of its own
#define CLOUDABI_FILETYPE_BLOCK_DEVICE     0x10 // block device
#define CLOUDABI_FILETYPE_CHARACTER_DEVICE 0x11 // character device, terminals among them
#define CLOUDABI_FILETYPE_DIRECTORY        0x20 // directory
#define CLOUDABI_FILETYPE_PROCESS          0x50 // child process
#define CLOUDABI_FILETYPE_REGULAR_FILE     0x60 // regular file
#define CLOUDABI_FILETYPE_SHARED_MEMORY    0x70 // shared memory object
#define CLOUDABI_FILETYPE_SOCKET_DGRAM     0x80 // socket that keeps message boundaries
#define CLOUDABI_FILETYPE_SOCKET_STREAM    0x82 // byte stream socket, or pipe
#define CLOUDABI_FILETYPE_SYMBOLIC_LINK    0x90 // symbolic link (only ever behind a name)

// Which memory a lock or condition variable lives in. Same bits as in mflags.
typedef uint8_t cloudabi_scope_t;
#define CLOUDABI_SCOPE_PRIVATE 4 // memory of this process only
#define CLOUDABI_SCOPE_SHARED  8 // memory that several processes map

// Why a process was ended from outside its own logic. Signals can only be raised on oneself, never caught.
typedef uint8_t cloudabi_signal_t;
#define CLOUDABI_SIGABRT   1 // abort
#define CLOUDABI_SIGALRM   2 // alarm clock
#define CLOUDABI_SIGBUS    3 // memory object access error
#define CLOUDABI_SIGCHLD   4 // child changed state; ignored
#define CLOUDABI_SIGCONT   5 // go on when stopped
#define CLOUDABI_SIGFPE    6 // erroneous arithmetic
#define CLOUDABI_SIGHUP    7 // hangup
#define CLOUDABI_SIGILL    8 // illegal instruction
#define CLOUDABI_SIGINT    9 // terminal interrupt
#define CLOUDABI_SIGKILL   10 // kill
#define CLOUDABI_SIGPIPE   11 // write without a reader; ignored
#define CLOUDABI_SIGQUIT   12 // terminal quit
#define CLOUDABI_SIGSEGV   13 // invalid memory reference
#define CLOUDABI_SIGSTOP   14 // stop
#define CLOUDABI_SIGSYS    15 // bad system call
#define CLOUDABI_SIGTERM   16 // terminate
#define CLOUDABI_SIGTRAP   17 // trace or breakpoint trap
#define CLOUDABI_SIGTSTP   18 // terminal stop
#define CLOUDABI_SIGTTIN   19 // background read; stop
#define CLOUDABI_SIGTTOU   20 // background write; stop
#define CLOUDABI_SIGURG    21 // urgent data; ignored
#define CLOUDABI_SIGUSR1   22 // user-defined 1
#define CLOUDABI_SIGUSR2   23 // user-defined 2
#define CLOUDABI_SIGVTALRM 24 // virtual timer
#define CLOUDABI_SIGXCPU   25 // processor time limit
#define CLOUDABI_SIGXFSZ   26 // file size limit

// What an offset counts from. The order is not that of C's SEEK_ constants.
typedef uint8_t cloudabi_whence_t;
#define CLOUDABI_WHENCE_CUR 1 // the current offset
#define CLOUDABI_WHENCE_END 2 // the end of the file
#define CLOUDABI_WHENCE_SET 3 // the start of the file

// State of a descriptor that became ready.
typedef uint16_t cloudabi_eventrwflags_t;
#define CLOUDABI_EVENT_FD_READWRITE_HANGUP 0x01 // the other side is gone

// How a descriptor behaves. Reading and writing are rights, not flags.
typedef uint16_t cloudabi_fdflags_t;
#define CLOUDABI_FDFLAG_APPEND   0x01 // every write goes to the end
#define CLOUDABI_FDFLAG_DSYNC    0x02 // writes return when the data is stored
#define CLOUDABI_FDFLAG_NONBLOCK 0x04 // fail with AGAIN rather than wait
#define CLOUDABI_FDFLAG_RSYNC    0x08 // reads wait for pending writes of the same range
#define CLOUDABI_FDFLAG_SYNC     0x10 // writes return when data and metadata are stored

// Which part of fdstat to apply.
typedef uint16_t cloudabi_fdsflags_t;
#define CLOUDABI_FDSTAT_FLAGS  0x01 // fs_flags
#define CLOUDABI_FDSTAT_RIGHTS 0x02 // fs_rights_base and fs_rights_inheriting, to shrink them

// Which part of filestat to apply.
typedef uint16_t cloudabi_fsflags_t;
#define CLOUDABI_FILESTAT_ATIM     0x01 // access time as given
#define CLOUDABI_FILESTAT_ATIM_NOW 0x02 // access time to the present
#define CLOUDABI_FILESTAT_MTIM     0x04 // modification time as given
#define CLOUDABI_FILESTAT_MTIM_NOW 0x08 // modification time to the present
#define CLOUDABI_FILESTAT_SIZE     0x10 // size: truncate or grow with zeros

// How a path is resolved.
typedef uint32_t cloudabi_lookupflags_t;
#define CLOUDABI_LOOKUP_SYMLINK_FOLLOW 0x01 // expand a symbolic link in the last component

// What kind of mapping to make. Exactly one of PRIVATE and SHARED.
typedef uint8_t cloudabi_mflags_t;
#define CLOUDABI_MAP_ANON    0x01 // zeroed memory instead of a file
#define CLOUDABI_MAP_FIXED   0x02 // exactly at the address given, replacing what is there
#define CLOUDABI_MAP_PRIVATE 0x04 // changes stay in this process
#define CLOUDABI_MAP_SHARED  0x08 // changes reach the file and other processes

// What may be done with memory. EXEC and WRITE exclude each other.
typedef uint8_t cloudabi_mprot_t;
#define CLOUDABI_PROT_EXEC  0x01 // execute
#define CLOUDABI_PROT_WRITE 0x02 // write
#define CLOUDABI_PROT_READ  0x04 // read

// How to bring a mapping and its file together. Exactly one of ASYNC and SYNC.
typedef uint8_t cloudabi_msflags_t;
#define CLOUDABI_MS_ASYNC      0x01 // start writing
#define CLOUDABI_MS_INVALIDATE 0x02 // drop cached copies
#define CLOUDABI_MS_SYNC       0x04 // write and wait

// How to open a file. Reading and writing are asked for as rights.
typedef uint16_t cloudabi_oflags_t;
#define CLOUDABI_O_CREAT     0x01 // create the file when it does not exist
#define CLOUDABI_O_DIRECTORY 0x02 // fail unless it is a directory
#define CLOUDABI_O_EXCL      0x04 // with CREAT: fail when it exists
#define CLOUDABI_O_TRUNC     0x08 // cut to size zero

// How to receive.
typedef uint16_t cloudabi_riflags_t;
#define CLOUDABI_SOCK_RECV_PEEK    0x04 // leave the message in the queue
#define CLOUDABI_SOCK_RECV_WAITALL 0x10 // on streams: wait until the buffers are full

// What a descriptor may be used for.
typedef uint64_t cloudabi_rights_t;
#define CLOUDABI_RIGHT_FD_DATASYNC           UINT64_C(0x1) // fd_datasync; asking file_open for DSYNC
#define CLOUDABI_RIGHT_FD_READ               UINT64_C(0x2) // fd_read and sock_recv; with mem_map: PROT_READ; with fd_seek: fd_pread
#define CLOUDABI_RIGHT_FD_SEEK               UINT64_C(0x4) // fd_seek to any place; includes fd_tell
#define CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS     UINT64_C(0x8) // fd_stat_put with FLAGS
#define CLOUDABI_RIGHT_FD_SYNC               UINT64_C(0x10) // fd_sync; asking file_open for DSYNC, RSYNC or SYNC
#define CLOUDABI_RIGHT_FD_TELL               UINT64_C(0x20) // fd_seek by 0 from CUR: learning the offset
#define CLOUDABI_RIGHT_FD_WRITE              UINT64_C(0x40) // fd_write and sock_send; with mem_map: PROT_WRITE of a shared mapping; with fd_seek: fd_pwrite
#define CLOUDABI_RIGHT_FILE_ADVISE           UINT64_C(0x80) // file_advise
#define CLOUDABI_RIGHT_FILE_ALLOCATE         UINT64_C(0x100) // file_allocate
#define CLOUDABI_RIGHT_FILE_CREATE_DIRECTORY UINT64_C(0x200) // file_create of a directory
#define CLOUDABI_RIGHT_FILE_CREATE_FILE      UINT64_C(0x400) // with file_open: CREAT
#define CLOUDABI_RIGHT_FILE_LINK_SOURCE      UINT64_C(0x1000) // file_link, as the directory of the existing name
#define CLOUDABI_RIGHT_FILE_LINK_TARGET      UINT64_C(0x2000) // file_link, as the directory of the new name
#define CLOUDABI_RIGHT_FILE_OPEN             UINT64_C(0x4000) // file_open
#define CLOUDABI_RIGHT_FILE_READDIR          UINT64_C(0x8000) // file_readdir
#define CLOUDABI_RIGHT_FILE_READLINK         UINT64_C(0x10000) // file_readlink
#define CLOUDABI_RIGHT_FILE_RENAME_SOURCE    UINT64_C(0x20000) // file_rename, as the directory of the old name
#define CLOUDABI_RIGHT_FILE_RENAME_TARGET    UINT64_C(0x40000) // file_rename, as the directory of the new name
#define CLOUDABI_RIGHT_FILE_STAT_FGET        UINT64_C(0x80000) // file_stat_fget
#define CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE   UINT64_C(0x100000) // file_stat_fput with SIZE; with file_open: TRUNC
#define CLOUDABI_RIGHT_FILE_STAT_FPUT_TIMES  UINT64_C(0x200000) // file_stat_fput with times
#define CLOUDABI_RIGHT_FILE_STAT_GET         UINT64_C(0x400000) // file_stat_get
#define CLOUDABI_RIGHT_FILE_STAT_PUT_TIMES   UINT64_C(0x800000) // file_stat_put
#define CLOUDABI_RIGHT_FILE_SYMLINK          UINT64_C(0x1000000) // file_symlink
#define CLOUDABI_RIGHT_FILE_UNLINK           UINT64_C(0x2000000) // file_unlink
#define CLOUDABI_RIGHT_MEM_MAP               UINT64_C(0x4000000) // mem_map; with fd_read, fd_write and mem_map_exec for more than PROT 0
#define CLOUDABI_RIGHT_MEM_MAP_EXEC          UINT64_C(0x8000000) // with mem_map: PROT_EXEC
#define CLOUDABI_RIGHT_POLL_FD_READWRITE     UINT64_C(0x10000000) // with fd_read: polling FD_READ; with fd_write: polling FD_WRITE
#define CLOUDABI_RIGHT_POLL_PROC_TERMINATE   UINT64_C(0x40000000) // polling PROC_TERMINATE
#define CLOUDABI_RIGHT_PROC_EXEC             UINT64_C(0x100000000) // proc_exec
#define CLOUDABI_RIGHT_SOCK_ACCEPT           UINT64_C(0x200000000) // sock_accept
#define CLOUDABI_RIGHT_SOCK_SHUTDOWN         UINT64_C(0x8000000000) // sock_shutdown

// What was lost when receiving.
typedef uint16_t cloudabi_roflags_t;
#define CLOUDABI_SOCK_RECV_FDS_TRUNCATED  0x01 // more descriptors were sent than there was room for
#define CLOUDABI_SOCK_RECV_DATA_TRUNCATED 0x08 // the message was longer than the buffers

// Which direction of a socket to shut down.
typedef uint8_t cloudabi_sdflags_t;
#define CLOUDABI_SHUT_RD 0x01 // receiving
#define CLOUDABI_SHUT_WR 0x02 // sending

// How to send. No flag is defined: zero.
typedef uint16_t cloudabi_siflags_t;

// How to read a time-out.
typedef uint16_t cloudabi_subclockflags_t;
#define CLOUDABI_SUBSCRIPTION_CLOCK_ABSTIME 0x01 // a moment of the clock rather than a span from now

// How to wait for a descriptor.
typedef uint16_t cloudabi_subrwflags_t;
#define CLOUDABI_SUBSCRIPTION_FD_READWRITE_POLL 0x01 // without effect; old callers set it

// What kind of name to remove.
typedef uint8_t cloudabi_ulflags_t;
#define CLOUDABI_UNLINK_REMOVEDIR 0x01 // a directory

// Result of a call; zero is success.
typedef uint16_t cloudabi_errno_t;
#define CLOUDABI_ESUCCESS        0 // no error
#define CLOUDABI_E2BIG           1 // argument list too long
#define CLOUDABI_EACCES          2 // permission denied
#define CLOUDABI_EADDRINUSE      3 // address in use
#define CLOUDABI_EADDRNOTAVAIL   4 // address not available
#define CLOUDABI_EAFNOSUPPORT    5 // address family not supported
#define CLOUDABI_EAGAIN          6 // would have to wait
#define CLOUDABI_EALREADY        7 // already under way
#define CLOUDABI_EBADF           8 // not an open descriptor
#define CLOUDABI_EBADMSG         9 // bad message
#define CLOUDABI_EBUSY           10 // in use
#define CLOUDABI_ECANCELED       11 // cancelled
#define CLOUDABI_ECHILD          12 // no child process
#define CLOUDABI_ECONNABORTED    13 // connection aborted
#define CLOUDABI_ECONNREFUSED    14 // connection refused
#define CLOUDABI_ECONNRESET      15 // connection reset
#define CLOUDABI_EDEADLK         16 // would deadlock
#define CLOUDABI_EDESTADDRREQ    17 // destination address needed
#define CLOUDABI_EDOM            18 // argument outside the function's domain
#define CLOUDABI_EDQUOT          19 // disk quota used up
#define CLOUDABI_EEXIST          20 // exists already
#define CLOUDABI_EFAULT          21 // bad address
#define CLOUDABI_EFBIG           22 // file too large
#define CLOUDABI_EHOSTUNREACH    23 // host unreachable
#define CLOUDABI_EIDRM           24 // identifier removed
#define CLOUDABI_EILSEQ          25 // illegal byte sequence
#define CLOUDABI_EINPROGRESS     26 // in progress
#define CLOUDABI_EINTR           27 // interrupted
#define CLOUDABI_EINVAL          28 // invalid argument
#define CLOUDABI_EIO             29 // input or output error
#define CLOUDABI_EISCONN         30 // is connected
#define CLOUDABI_EISDIR          31 // is a directory
#define CLOUDABI_ELOOP           32 // symbolic links in a circle, or a link where none may be followed
#define CLOUDABI_EMFILE          33 // process has no descriptor left
#define CLOUDABI_EMLINK          34 // too many links
#define CLOUDABI_EMSGSIZE        35 // message too long
#define CLOUDABI_EMULTIHOP       36 // multihop attempted
#define CLOUDABI_ENAMETOOLONG    37 // name too long
#define CLOUDABI_ENETDOWN        38 // network down
#define CLOUDABI_ENETRESET       39 // connection aborted by the network
#define CLOUDABI_ENETUNREACH     40 // network unreachable
#define CLOUDABI_ENFILE          41 // system has no descriptor left
#define CLOUDABI_ENOBUFS         42 // no buffer space
#define CLOUDABI_ENODEV          43 // no such device
#define CLOUDABI_ENOENT          44 // no such file or directory
#define CLOUDABI_ENOEXEC         45 // not an executable this system understands
#define CLOUDABI_ENOLCK          46 // no locks left
#define CLOUDABI_ENOLINK         47 // link severed
#define CLOUDABI_ENOMEM          48 // out of memory
#define CLOUDABI_ENOMSG          49 // no message of that type
#define CLOUDABI_ENOPROTOOPT     50 // protocol option not available
#define CLOUDABI_ENOSPC          51 // no space left
#define CLOUDABI_ENOSYS          52 // call not available
#define CLOUDABI_ENOTCONN        53 // not connected
#define CLOUDABI_ENOTDIR         54 // not a directory
#define CLOUDABI_ENOTEMPTY       55 // directory not empty
#define CLOUDABI_ENOTRECOVERABLE 56 // state not recoverable
#define CLOUDABI_ENOTSOCK        57 // not a socket
#define CLOUDABI_ENOTSUP         58 // not supported
#define CLOUDABI_ENOTTY          59 // not a terminal
#define CLOUDABI_ENXIO           60 // no such device or address
#define CLOUDABI_EOVERFLOW       61 // value too large for its type
#define CLOUDABI_EOWNERDEAD      62 // previous owner died
#define CLOUDABI_EPERM           63 // operation not permitted
#define CLOUDABI_EPIPE           64 // nobody reads the other end
#define CLOUDABI_EPROTO          65 // protocol error
#define CLOUDABI_EPROTONOSUPPORT 66 // protocol not supported
#define CLOUDABI_EPROTOTYPE      67 // wrong protocol for the socket
#define CLOUDABI_ERANGE          68 // result out of range
#define CLOUDABI_EROFS           69 // read-only file system
#define CLOUDABI_ESPIPE          70 // cannot seek
#define CLOUDABI_ESRCH           71 // no such process
#define CLOUDABI_ESTALE          72 // stale file handle
#define CLOUDABI_ETIMEDOUT       73 // timed out
#define CLOUDABI_ETXTBSY         74 // executable in use
#define CLOUDABI_EXDEV           75 // link across file systems
#define CLOUDABI_ENOTCAPABLE     76 // the descriptor lacks a right, or the path leaves its directory

// Entry of the auxiliary vector that a program starts with.
typedef struct {
    cloudabi_auxtype_t a_type; // kind of entry
    union {
        size_t a_val; // its number
        void *a_ptr; // or its pointer
    };
} cloudabi_auxv_t;

// Where a program begins. Must not return.
typedef void cloudabi_processentry_t(const cloudabi_auxv_t *auxv);

// A part of a gathered write.
typedef struct {
    const void *buf; // the bytes
    size_t buf_len; // how many
} cloudabi_ciovec_t;

// Head of a directory entry; the name follows at once, without terminator or padding.
typedef struct {
    CLOUDABI_ALIGNAS(8) cloudabi_dircookie_t d_next; // where the next entry starts
    CLOUDABI_ALIGNAS(8) cloudabi_inode_t d_ino; // serial number
    uint32_t d_namlen; // length of the name, in bytes
    cloudabi_filetype_t d_type; // type
} cloudabi_dirent_t;

// Something that poll waited for and that happened.
typedef struct {
    CLOUDABI_ALIGNAS(8) cloudabi_userdata_t userdata; // as given in the subscription
    cloudabi_errno_t error; // failure of this one subscription
    cloudabi_eventtype_t type; // as given in the subscription
    union {
        struct { // type: FD_READ, FD_WRITE
            CLOUDABI_ALIGNAS(8) cloudabi_filesize_t nbytes; // bytes that can be moved, if known
            char unused[4]; // zero
            cloudabi_eventrwflags_t flags; // state of the descriptor
        } fd_readwrite;
        struct { // type: PROC_TERMINATE
            char unused[4]; // zero
            cloudabi_signal_t signal; // what ended the process; zero when it exited
            cloudabi_exitcode_t exitcode; // its exit code when signal is zero
        } proc_terminate;
    };
} cloudabi_event_t;

// What a descriptor is, how it behaves and what it may be used for.
typedef struct {
    cloudabi_filetype_t fs_filetype; // type
    cloudabi_fdflags_t fs_flags; // behaviour
    CLOUDABI_ALIGNAS(8) cloudabi_rights_t fs_rights_base; // what this descriptor may do
    CLOUDABI_ALIGNAS(8) cloudabi_rights_t fs_rights_inheriting; // the most that descriptors made through it may do
} cloudabi_fdstat_t;

// Attributes of a file.
typedef struct {
    CLOUDABI_ALIGNAS(8) cloudabi_device_t st_dev; // file system
    CLOUDABI_ALIGNAS(8) cloudabi_inode_t st_ino; // serial number
    cloudabi_filetype_t st_filetype; // type
    cloudabi_linkcount_t st_nlink; // hard links
    CLOUDABI_ALIGNAS(8) cloudabi_filesize_t st_size; // size; of a symbolic link, the length of its target
    CLOUDABI_ALIGNAS(8) cloudabi_timestamp_t st_atim; // last access
    CLOUDABI_ALIGNAS(8) cloudabi_timestamp_t st_mtim; // last change of the contents
    CLOUDABI_ALIGNAS(8) cloudabi_timestamp_t st_ctim; // last change of contents or attributes
} cloudabi_filestat_t;

// A part of a scattered read.
typedef struct {
    void *buf; // where the bytes go
    size_t buf_len; // how many fit
} cloudabi_iovec_t;

// Where a path starts and how it is resolved. Passed by value.
typedef struct {
    cloudabi_fd_t fd; // directory that the path may not leave
    cloudabi_lookupflags_t flags; // how to resolve
} cloudabi_lookup_t;

// What sock_recv is asked for.
typedef struct {
    const cloudabi_iovec_t *ri_data; // where the data goes
    size_t ri_data_len; // number of parts
    cloudabi_fd_t *ri_fds; // where the descriptor numbers go
    size_t ri_fds_len; // how many fit
    cloudabi_riflags_t ri_flags; // how to receive
} cloudabi_recv_in_t;

// What sock_recv got.
typedef struct {
    size_t ro_datalen; // bytes received
    size_t ro_fdslen; // descriptors received
    char ro_unused[40]; // zero
    cloudabi_roflags_t ro_flags; // what was lost
} cloudabi_recv_out_t;

// What sock_send is to send.
typedef struct {
    const cloudabi_ciovec_t *si_data; // the data
    size_t si_data_len; // number of parts
    const cloudabi_fd_t *si_fds; // descriptors to send along
    size_t si_fds_len; // how many
    cloudabi_siflags_t si_flags; // zero
} cloudabi_send_in_t;

// What sock_send did.
typedef struct {
    size_t so_datalen; // bytes sent
} cloudabi_send_out_t;

// Something for poll to wait for.
typedef struct {
    CLOUDABI_ALIGNAS(8) cloudabi_userdata_t userdata; // comes back in the event
    uint16_t unused; // zero
    cloudabi_eventtype_t type; // what to wait for
    union {
        struct { // type: CLOCK
            CLOUDABI_ALIGNAS(8) cloudabi_userdata_t identifier; // tells several clocks of one poll apart
            cloudabi_clockid_t clock_id; // MONOTONIC or REALTIME
            CLOUDABI_ALIGNAS(8) cloudabi_timestamp_t timeout; // moment or span
            CLOUDABI_ALIGNAS(8) cloudabi_timestamp_t precision; // how late it may be
            cloudabi_subclockflags_t flags; // how to read the time-out
        } clock;
        struct { // type: CONDVAR
            CLOUDABI_ATOMIC(cloudabi_condvar_t) *condvar; // what to wait on
            CLOUDABI_ATOMIC(cloudabi_lock_t) *lock; // released while waiting, held for writing before and after
            cloudabi_scope_t condvar_scope; // memory the condition variable lives in
            cloudabi_scope_t lock_scope; // memory the lock lives in
        } condvar;
        struct { // type: FD_READ, FD_WRITE
            cloudabi_fd_t fd; // what to wait for
            cloudabi_subrwflags_t flags; // no effect
        } fd_readwrite;
        struct { // type: LOCK_RDLOCK, LOCK_WRLOCK
            CLOUDABI_ATOMIC(cloudabi_lock_t) *lock; // what to take
            cloudabi_scope_t lock_scope; // memory it lives in
        } lock;
        struct { // type: PROC_TERMINATE
            cloudabi_fd_t fd; // the process
        } proc_terminate;
    };
} cloudabi_subscription_t;

// Thread control block: what the thread register leads to at thread start.
typedef struct {
    void *parent; // the system's own
} cloudabi_tcb_t;

// Where a thread begins. Must not return.
typedef void cloudabi_threadentry_t(cloudabi_tid_t tid, void *argument);

// How to start a thread.
typedef struct {
    cloudabi_threadentry_t *entry_point; // where it begins
    void *stack; // lowest address of its stack
    size_t stack_len; // size of its stack, in bytes
    void *argument; // handed to entry_point
} cloudabi_threadattr_t;

// A time in two parts. C's struct timespec is laid out like it on 64-bit machines.
typedef struct {
    CLOUDABI_ALIGNAS(8) int64_t sec; // whole seconds
    CLOUDABI_ALIGNAS(8) int64_t nsec; // nanoseconds beyond them
} cloudabi_timespec_t;

#if UINTPTR_MAX == 0xffffffffffffffff
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_auxv_t) == 16, "layout of cloudabi_auxv_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_auxv_t) == 8, "layout of cloudabi_auxv_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_auxv_t, a_type) == 0, "layout of cloudabi_auxv_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_auxv_t, a_val) == 8, "layout of cloudabi_auxv_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_auxv_t, a_ptr) == 8, "layout of cloudabi_auxv_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_ciovec_t) == 16, "layout of cloudabi_ciovec_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_ciovec_t) == 8, "layout of cloudabi_ciovec_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_ciovec_t, buf) == 0, "layout of cloudabi_ciovec_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_ciovec_t, buf_len) == 8, "layout of cloudabi_ciovec_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_dirent_t) == 24, "layout of cloudabi_dirent_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_dirent_t) == 8, "layout of cloudabi_dirent_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_dirent_t, d_next) == 0, "layout of cloudabi_dirent_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_dirent_t, d_ino) == 8, "layout of cloudabi_dirent_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_dirent_t, d_namlen) == 16, "layout of cloudabi_dirent_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_dirent_t, d_type) == 20, "layout of cloudabi_dirent_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_event_t) == 32, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_event_t) == 8, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, userdata) == 0, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, error) == 8, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, type) == 10, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, fd_readwrite.nbytes) == 16, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, fd_readwrite.unused) == 24, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, fd_readwrite.flags) == 28, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, proc_terminate.unused) == 16, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, proc_terminate.signal) == 20, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, proc_terminate.exitcode) == 24, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_fdstat_t) == 24, "layout of cloudabi_fdstat_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_fdstat_t) == 8, "layout of cloudabi_fdstat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_fdstat_t, fs_filetype) == 0, "layout of cloudabi_fdstat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_fdstat_t, fs_flags) == 2, "layout of cloudabi_fdstat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_fdstat_t, fs_rights_base) == 8, "layout of cloudabi_fdstat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_fdstat_t, fs_rights_inheriting) == 16, "layout of cloudabi_fdstat_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_filestat_t) == 56, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_filestat_t) == 8, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_dev) == 0, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_ino) == 8, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_filetype) == 16, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_nlink) == 20, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_size) == 24, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_atim) == 32, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_mtim) == 40, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_ctim) == 48, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_iovec_t) == 16, "layout of cloudabi_iovec_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_iovec_t) == 8, "layout of cloudabi_iovec_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_iovec_t, buf) == 0, "layout of cloudabi_iovec_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_iovec_t, buf_len) == 8, "layout of cloudabi_iovec_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_lookup_t) == 8, "layout of cloudabi_lookup_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_lookup_t) == 4, "layout of cloudabi_lookup_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_lookup_t, fd) == 0, "layout of cloudabi_lookup_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_lookup_t, flags) == 4, "layout of cloudabi_lookup_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_recv_in_t) == 40, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_recv_in_t) == 8, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_in_t, ri_data) == 0, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_in_t, ri_data_len) == 8, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_in_t, ri_fds) == 16, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_in_t, ri_fds_len) == 24, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_in_t, ri_flags) == 32, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_recv_out_t) == 64, "layout of cloudabi_recv_out_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_recv_out_t) == 8, "layout of cloudabi_recv_out_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_out_t, ro_datalen) == 0, "layout of cloudabi_recv_out_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_out_t, ro_fdslen) == 8, "layout of cloudabi_recv_out_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_out_t, ro_unused) == 16, "layout of cloudabi_recv_out_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_out_t, ro_flags) == 56, "layout of cloudabi_recv_out_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_send_in_t) == 40, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_send_in_t) == 8, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_send_in_t, si_data) == 0, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_send_in_t, si_data_len) == 8, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_send_in_t, si_fds) == 16, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_send_in_t, si_fds_len) == 24, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_send_in_t, si_flags) == 32, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_send_out_t) == 8, "layout of cloudabi_send_out_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_send_out_t) == 8, "layout of cloudabi_send_out_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_send_out_t, so_datalen) == 0, "layout of cloudabi_send_out_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_subscription_t) == 56, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_subscription_t) == 8, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, userdata) == 0, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, unused) == 8, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, type) == 10, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, clock.identifier) == 16, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, clock.clock_id) == 24, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, clock.timeout) == 32, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, clock.precision) == 40, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, clock.flags) == 48, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, condvar.condvar) == 16, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, condvar.lock) == 24, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, condvar.condvar_scope) == 32, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, condvar.lock_scope) == 33, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, fd_readwrite.fd) == 16, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, fd_readwrite.flags) == 20, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, lock.lock) == 16, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, lock.lock_scope) == 24, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, proc_terminate.fd) == 16, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_tcb_t) == 8, "layout of cloudabi_tcb_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_tcb_t) == 8, "layout of cloudabi_tcb_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_tcb_t, parent) == 0, "layout of cloudabi_tcb_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_threadattr_t) == 32, "layout of cloudabi_threadattr_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_threadattr_t) == 8, "layout of cloudabi_threadattr_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_threadattr_t, entry_point) == 0, "layout of cloudabi_threadattr_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_threadattr_t, stack) == 8, "layout of cloudabi_threadattr_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_threadattr_t, stack_len) == 16, "layout of cloudabi_threadattr_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_threadattr_t, argument) == 24, "layout of cloudabi_threadattr_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_timespec_t) == 16, "layout of cloudabi_timespec_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_timespec_t) == 8, "layout of cloudabi_timespec_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_timespec_t, sec) == 0, "layout of cloudabi_timespec_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_timespec_t, nsec) == 8, "layout of cloudabi_timespec_t");

#elif UINTPTR_MAX == 0xffffffff
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_auxv_t) == 8, "layout of cloudabi_auxv_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_auxv_t) == 4, "layout of cloudabi_auxv_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_auxv_t, a_type) == 0, "layout of cloudabi_auxv_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_auxv_t, a_val) == 4, "layout of cloudabi_auxv_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_auxv_t, a_ptr) == 4, "layout of cloudabi_auxv_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_ciovec_t) == 8, "layout of cloudabi_ciovec_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_ciovec_t) == 4, "layout of cloudabi_ciovec_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_ciovec_t, buf) == 0, "layout of cloudabi_ciovec_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_ciovec_t, buf_len) == 4, "layout of cloudabi_ciovec_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_dirent_t) == 24, "layout of cloudabi_dirent_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_dirent_t) == 8, "layout of cloudabi_dirent_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_dirent_t, d_next) == 0, "layout of cloudabi_dirent_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_dirent_t, d_ino) == 8, "layout of cloudabi_dirent_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_dirent_t, d_namlen) == 16, "layout of cloudabi_dirent_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_dirent_t, d_type) == 20, "layout of cloudabi_dirent_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_event_t) == 32, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_event_t) == 8, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, userdata) == 0, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, error) == 8, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, type) == 10, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, fd_readwrite.nbytes) == 16, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, fd_readwrite.unused) == 24, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, fd_readwrite.flags) == 28, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, proc_terminate.unused) == 16, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, proc_terminate.signal) == 20, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_event_t, proc_terminate.exitcode) == 24, "layout of cloudabi_event_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_fdstat_t) == 24, "layout of cloudabi_fdstat_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_fdstat_t) == 8, "layout of cloudabi_fdstat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_fdstat_t, fs_filetype) == 0, "layout of cloudabi_fdstat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_fdstat_t, fs_flags) == 2, "layout of cloudabi_fdstat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_fdstat_t, fs_rights_base) == 8, "layout of cloudabi_fdstat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_fdstat_t, fs_rights_inheriting) == 16, "layout of cloudabi_fdstat_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_filestat_t) == 56, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_filestat_t) == 8, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_dev) == 0, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_ino) == 8, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_filetype) == 16, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_nlink) == 20, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_size) == 24, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_atim) == 32, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_mtim) == 40, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_filestat_t, st_ctim) == 48, "layout of cloudabi_filestat_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_iovec_t) == 8, "layout of cloudabi_iovec_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_iovec_t) == 4, "layout of cloudabi_iovec_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_iovec_t, buf) == 0, "layout of cloudabi_iovec_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_iovec_t, buf_len) == 4, "layout of cloudabi_iovec_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_lookup_t) == 8, "layout of cloudabi_lookup_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_lookup_t) == 4, "layout of cloudabi_lookup_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_lookup_t, fd) == 0, "layout of cloudabi_lookup_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_lookup_t, flags) == 4, "layout of cloudabi_lookup_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_recv_in_t) == 20, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_recv_in_t) == 4, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_in_t, ri_data) == 0, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_in_t, ri_data_len) == 4, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_in_t, ri_fds) == 8, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_in_t, ri_fds_len) == 12, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_in_t, ri_flags) == 16, "layout of cloudabi_recv_in_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_recv_out_t) == 52, "layout of cloudabi_recv_out_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_recv_out_t) == 4, "layout of cloudabi_recv_out_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_out_t, ro_datalen) == 0, "layout of cloudabi_recv_out_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_out_t, ro_fdslen) == 4, "layout of cloudabi_recv_out_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_out_t, ro_unused) == 8, "layout of cloudabi_recv_out_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_recv_out_t, ro_flags) == 48, "layout of cloudabi_recv_out_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_send_in_t) == 20, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_send_in_t) == 4, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_send_in_t, si_data) == 0, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_send_in_t, si_data_len) == 4, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_send_in_t, si_fds) == 8, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_send_in_t, si_fds_len) == 12, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_send_in_t, si_flags) == 16, "layout of cloudabi_send_in_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_send_out_t) == 4, "layout of cloudabi_send_out_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_send_out_t) == 4, "layout of cloudabi_send_out_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_send_out_t, so_datalen) == 0, "layout of cloudabi_send_out_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_subscription_t) == 56, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_subscription_t) == 8, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, userdata) == 0, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, unused) == 8, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, type) == 10, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, clock.identifier) == 16, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, clock.clock_id) == 24, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, clock.timeout) == 32, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, clock.precision) == 40, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, clock.flags) == 48, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, condvar.condvar) == 16, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, condvar.lock) == 20, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, condvar.condvar_scope) == 24, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, condvar.lock_scope) == 25, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, fd_readwrite.fd) == 16, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, fd_readwrite.flags) == 20, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, lock.lock) == 16, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, lock.lock_scope) == 20, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_subscription_t, proc_terminate.fd) == 16, "layout of cloudabi_subscription_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_tcb_t) == 4, "layout of cloudabi_tcb_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_tcb_t) == 4, "layout of cloudabi_tcb_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_tcb_t, parent) == 0, "layout of cloudabi_tcb_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_threadattr_t) == 16, "layout of cloudabi_threadattr_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_threadattr_t) == 4, "layout of cloudabi_threadattr_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_threadattr_t, entry_point) == 0, "layout of cloudabi_threadattr_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_threadattr_t, stack) == 4, "layout of cloudabi_threadattr_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_threadattr_t, stack_len) == 8, "layout of cloudabi_threadattr_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_threadattr_t, argument) == 12, "layout of cloudabi_threadattr_t");
CLOUDABI_STATIC_ASSERT(sizeof(cloudabi_timespec_t) == 16, "layout of cloudabi_timespec_t");
CLOUDABI_STATIC_ASSERT(CLOUDABI_ALIGNOF(cloudabi_timespec_t) == 8, "layout of cloudabi_timespec_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_timespec_t, sec) == 0, "layout of cloudabi_timespec_t");
CLOUDABI_STATIC_ASSERT(offsetof(cloudabi_timespec_t, nsec) == 8, "layout of cloudabi_timespec_t");

#else
#error "the ABI is defined for 64-bit and 32-bit pointers"
#endif

#ifdef __cplusplus
}
#endif

#endif

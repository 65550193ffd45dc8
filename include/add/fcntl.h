/* Values that differ from the text above; see bits/fcntl.h. */
#undef O_ACCMODE
#undef O_EXEC
#undef O_RDONLY
#undef O_RDWR
#undef O_SEARCH
#undef O_WRONLY
#define O_EXEC 0x02000000
#define O_RDONLY 0x04000000
#define O_SEARCH 0x08000000
#define O_WRONLY 0x10000000
#define O_RDWR (O_RDONLY | O_WRONLY)
#define O_ACCMODE (O_EXEC | O_RDWR | O_SEARCH)

/* There is no working directory to be relative to. */
#undef AT_FDCWD

/* POSIX's four; the others belong to Linux. */
#undef AT_EMPTY_PATH
#undef AT_NO_AUTOMOUNT
#undef AT_STATX_SYNC_TYPE
#undef AT_STATX_SYNC_AS_STAT
#undef AT_STATX_FORCE_SYNC
#undef AT_STATX_DONT_SYNC
#undef AT_RECURSIVE

/* fcntl() knows F_GETFD (always FD_CLOEXEC), F_SETFD (checked and without effect: a descriptor is
 * passed on by being named, or not at all), F_GETFL and F_SETFL; EINVAL for all else. The system
 * chooses descriptor numbers, and has neither locks nor leases. */
#undef FASYNC
#undef FNDELAY
#undef F_DUPFD_CLOEXEC
#undef F_OFD_GETLK
#undef F_OFD_SETLK
#undef F_OFD_SETLKW
#undef F_RDLCK
#undef F_WRLCK
#undef F_UNLCK
#undef F_ULOCK
#undef F_LOCK
#undef F_TLOCK
#undef F_TEST
#undef F_SETLEASE
#undef F_GETLEASE
#undef F_NOTIFY
#undef F_CANCELLK
#undef F_SETPIPE_SZ
#undef F_GETPIPE_SZ
#undef F_ADD_SEALS
#undef F_GET_SEALS
#undef F_GET_RW_HINT
#undef F_SET_RW_HINT
#undef F_GET_FILE_RW_HINT
#undef F_SET_FILE_RW_HINT
#undef F_GETLK64
#undef F_SETLK64
#undef F_SETLKW64

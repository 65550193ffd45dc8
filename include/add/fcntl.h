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
#undef F_OFD_GETLK
#undef F_OFD_SETLK
#undef F_OFD_SETLKW

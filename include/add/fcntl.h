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

/* fcntl() knows F_GETFD (always FD_CLOEXEC), F_SETFD (checked and without effect: a descriptor is
 * passed on by being named, or not at all), F_GETFL and F_SETFL; EINVAL for all else. The system
 * chooses descriptor numbers, and has neither locks nor leases. */

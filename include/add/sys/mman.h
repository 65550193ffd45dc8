/* The ABI's numbers. Memory that is both writable
 * and executable does not exist: such a request fails with ENOTSUP. Memory cannot be locked. */
#undef MAP_ANON
#undef MAP_FIXED
#undef MAP_PRIVATE
#undef MAP_SHARED
#define MAP_ANON 0x1
#define MAP_FIXED 0x2
#define MAP_PRIVATE 0x4
#define MAP_SHARED 0x8

#undef PROT_EXEC
#undef PROT_READ
#undef PROT_WRITE
#define PROT_EXEC 0x1
#define PROT_WRITE 0x2
#define PROT_READ 0x4

#undef POSIX_MADV_DONTNEED
#undef POSIX_MADV_NORMAL
#undef POSIX_MADV_RANDOM
#undef POSIX_MADV_SEQUENTIAL
#undef POSIX_MADV_WILLNEED
#define POSIX_MADV_DONTNEED 1
#define POSIX_MADV_NORMAL 3
#define POSIX_MADV_RANDOM 4
#define POSIX_MADV_SEQUENTIAL 5
#define POSIX_MADV_WILLNEED 6

/* Advice to madvise() is a hint as well: none of it changes what memory holds. */
#undef MADV_DONTNEED
#undef MADV_NORMAL
#undef MADV_RANDOM
#undef MADV_SEQUENTIAL
#undef MADV_WILLNEED
#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define MADV_DONTNEED POSIX_MADV_DONTNEED
#define MADV_NORMAL POSIX_MADV_NORMAL
#define MADV_RANDOM POSIX_MADV_RANDOM
#define MADV_SEQUENTIAL POSIX_MADV_SEQUENTIAL
#define MADV_WILLNEED POSIX_MADV_WILLNEED
#endif

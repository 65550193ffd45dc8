/* The ABI's numbers; of the text above, Linux's own extras are gone. Memory that is both writable
 * and executable does not exist: such a request fails with ENOTSUP. Memory cannot be locked. */
#undef MAP_ANON
#undef MAP_DENYWRITE
#undef MAP_EXECUTABLE
#undef MAP_FIXED
#undef MAP_FIXED_NOREPLACE
#undef MAP_GROWSDOWN
#undef MAP_HUGETLB
#undef MAP_HUGE_SHIFT
#undef MAP_HUGE_MASK
#undef MAP_HUGE_16KB
#undef MAP_HUGE_64KB
#undef MAP_HUGE_512KB
#undef MAP_HUGE_1MB
#undef MAP_HUGE_2MB
#undef MAP_HUGE_8MB
#undef MAP_HUGE_16MB
#undef MAP_HUGE_32MB
#undef MAP_HUGE_256MB
#undef MAP_HUGE_512MB
#undef MAP_HUGE_1GB
#undef MAP_HUGE_2GB
#undef MAP_HUGE_16GB
#undef MAP_LOCKED
#undef MAP_NONBLOCK
#undef MAP_NORESERVE
#undef MAP_POPULATE
#undef MAP_PRIVATE
#undef MAP_SHARED
#undef MAP_SHARED_VALIDATE
#undef MAP_STACK
#undef MAP_SYNC
#undef MAP_TYPE
#undef MAP_32BIT
#define MAP_ANON 0x1
#define MAP_FIXED 0x2
#define MAP_PRIVATE 0x4
#define MAP_SHARED 0x8

#undef PROT_EXEC
#undef PROT_GROWSDOWN
#undef PROT_GROWSUP
#undef PROT_READ
#undef PROT_WRITE
#define PROT_EXEC 0x1
#define PROT_WRITE 0x2
#define PROT_READ 0x4

#undef MCL_CURRENT
#undef MCL_FUTURE
#undef MCL_ONFAULT
#undef MFD_ALLOW_SEALING
#undef MFD_HUGETLB
#undef MLOCK_ONFAULT
#undef MREMAP_DONTUNMAP
#undef MREMAP_FIXED
#undef MREMAP_MAYMOVE

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
#undef MADV_COLD
#undef MADV_DODUMP
#undef MADV_DOFORK
#undef MADV_DONTDUMP
#undef MADV_DONTFORK
#undef MADV_DONTNEED
#undef MADV_FREE
#undef MADV_HUGEPAGE
#undef MADV_HWPOISON
#undef MADV_KEEPONFORK
#undef MADV_MERGEABLE
#undef MADV_NOHUGEPAGE
#undef MADV_NORMAL
#undef MADV_PAGEOUT
#undef MADV_RANDOM
#undef MADV_REMOVE
#undef MADV_SEQUENTIAL
#undef MADV_SOFT_OFFLINE
#undef MADV_UNMERGEABLE
#undef MADV_WILLNEED
#undef MADV_WIPEONFORK
#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define MADV_DONTNEED POSIX_MADV_DONTNEED
#define MADV_NORMAL POSIX_MADV_NORMAL
#define MADV_RANDOM POSIX_MADV_RANDOM
#define MADV_SEQUENTIAL POSIX_MADV_SEQUENTIAL
#define MADV_WILLNEED POSIX_MADV_WILLNEED
#endif

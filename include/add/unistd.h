/* Options of POSIX that need what is not there: signals, global names, or control over
 * scheduling. */
#undef _POSIX_ASYNCHRONOUS_IO
#undef _POSIX_MEMLOCK
#undef _POSIX_MEMLOCK_RANGE
#undef _POSIX_MESSAGE_PASSING
#undef _POSIX_RAW_SOCKETS
#undef _POSIX_REALTIME_SIGNALS
#undef _POSIX_SHARED_MEMORY_OBJECTS
#undef _POSIX_SPAWN
#undef _POSIX_THREAD_PRIORITY_SCHEDULING
#define _POSIX_ASYNCHRONOUS_IO (-1)
#define _POSIX_MEMLOCK (-1)
#define _POSIX_MEMLOCK_RANGE (-1)
#define _POSIX_MESSAGE_PASSING (-1)
#define _POSIX_RAW_SOCKETS (-1)
#define _POSIX_REALTIME_SIGNALS (-1)
#define _POSIX_SHARED_MEMORY_OBJECTS (-1)
#define _POSIX_SPAWN (-1)
#define _POSIX_THREAD_PRIORITY_SCHEDULING (-1)

/* Whether the system's locks work in shared memory: sysconf(_SC_THREAD_PROCESS_SHARED). */
#undef _POSIX_THREAD_PROCESS_SHARED
#define _POSIX_THREAD_PROCESS_SHARED 0

/* Of X/Open's option for languages, setlocale() and catgets() know one. */
#undef _XOPEN_ENH_I18N
#define _XOPEN_ENH_I18N (-1)

/* No descriptor number has a meaning of its own. */
#undef STDIN_FILENO
#undef STDOUT_FILENO
#undef STDERR_FILENO

/* lseek() knows POSIX's three. */
#undef SEEK_DATA
#undef SEEK_HOLE

#undef F_ULOCK
#undef F_LOCK
#undef F_TLOCK
#undef F_TEST
#undef POSIX_CLOSE_RESTART

/* Options of POSIX that need what is not there: signals, users, process groups, shells, global
 * names, or control over scheduling. */
#undef _POSIX_ASYNCHRONOUS_IO
#undef _POSIX_JOB_CONTROL
#undef _POSIX_MEMLOCK
#undef _POSIX_MEMLOCK_RANGE
#undef _POSIX_MESSAGE_PASSING
#undef _POSIX_RAW_SOCKETS
#undef _POSIX_REALTIME_SIGNALS
#undef _POSIX_SAVED_IDS
#undef _POSIX_SHARED_MEMORY_OBJECTS
#undef _POSIX_SHARED_MEMORY_OBJECTS
#undef _POSIX_SHELL
#undef _POSIX_SPAWN
#undef _POSIX_THREAD_PRIORITY_SCHEDULING
#undef _POSIX_TIMERS
#define _POSIX_ASYNCHRONOUS_IO (-1)
#define _POSIX_MEMLOCK (-1)
#define _POSIX_MEMLOCK_RANGE (-1)
#define _POSIX_MESSAGE_PASSING (-1)
#define _POSIX_RAW_SOCKETS (-1)
#define _POSIX_REALTIME_SIGNALS (-1)
#define _POSIX_SHARED_MEMORY_OBJECTS (-1)
#define _POSIX_SHARED_MEMORY_OBJECTS (-1)
#define _POSIX_SPAWN (-1)
#define _POSIX_THREAD_PRIORITY_SCHEDULING (-1)

/* Whether the system offers locks in shared memory is for sysconf() to tell. */
#undef _POSIX_THREAD_PROCESS_SHARED
#define _POSIX_THREAD_PROCESS_SHARED 0

/* Whether the system's locks work in shared memory: sysconf(_SC_THREAD_PROCESS_SHARED). */
#undef _POSIX_THREAD_PROCESS_SHARED
#define _POSIX_THREAD_PROCESS_SHARED 0

// SPDX-License-Identifier: BSD-2-Clause
// What can be asked of the system and of files: each question is known, and no two are one.

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "families.h"

static const struct named of_system[] = {
    NAMED(_SC_2_CHAR_TERM),
    NAMED(_SC_2_C_BIND),
    NAMED(_SC_2_C_DEV),
    NAMED(_SC_2_FORT_DEV),
    NAMED(_SC_2_FORT_RUN),
    NAMED(_SC_2_LOCALEDEF),
    NAMED(_SC_2_PBS),
    NAMED(_SC_2_PBS_ACCOUNTING),
    NAMED(_SC_2_PBS_CHECKPOINT),
    NAMED(_SC_2_PBS_LOCATE),
    NAMED(_SC_2_PBS_MESSAGE),
    NAMED(_SC_2_PBS_TRACK),
    NAMED(_SC_2_SW_DEV),
    NAMED(_SC_2_UPE),
    NAMED(_SC_2_VERSION),
    NAMED(_SC_ADVISORY_INFO),
    NAMED(_SC_AIO_LISTIO_MAX),
    NAMED(_SC_AIO_MAX),
    NAMED(_SC_AIO_PRIO_DELTA_MAX),
    NAMED(_SC_ARG_MAX),
    NAMED(_SC_ASYNCHRONOUS_IO),
    NAMED(_SC_ATEXIT_MAX),
    NAMED(_SC_AVPHYS_PAGES),
    NAMED(_SC_BARRIERS),
    NAMED(_SC_BC_BASE_MAX),
    NAMED(_SC_BC_DIM_MAX),
    NAMED(_SC_BC_SCALE_MAX),
    NAMED(_SC_BC_STRING_MAX),
    NAMED(_SC_CHILD_MAX),
    NAMED(_SC_CLK_TCK),
    NAMED(_SC_CLOCK_SELECTION),
    NAMED(_SC_COLL_WEIGHTS_MAX),
    NAMED(_SC_CPUTIME),
    NAMED(_SC_DELAYTIMER_MAX),
    NAMED(_SC_EXPR_NEST_MAX),
    NAMED(_SC_FSYNC),
    NAMED(_SC_GETGR_R_SIZE_MAX),
    NAMED(_SC_GETPW_R_SIZE_MAX),
    NAMED(_SC_HOST_NAME_MAX),
    NAMED(_SC_IOV_MAX),
    NAMED(_SC_IPV6),
    NAMED(_SC_JOB_CONTROL),
    NAMED(_SC_LINE_MAX),
    NAMED(_SC_LOGIN_NAME_MAX),
    NAMED(_SC_MAPPED_FILES),
    NAMED(_SC_MEMLOCK),
    NAMED(_SC_MEMLOCK_RANGE),
    NAMED(_SC_MEMORY_PROTECTION),
    NAMED(_SC_MESSAGE_PASSING),
    NAMED(_SC_MONOTONIC_CLOCK),
    NAMED(_SC_MQ_OPEN_MAX),
    NAMED(_SC_MQ_PRIO_MAX),
    NAMED(_SC_NGROUPS_MAX),
    NAMED(_SC_NPROCESSORS_CONF),
    NAMED(_SC_NPROCESSORS_ONLN),
    NAMED(_SC_NZERO),
    NAMED(_SC_OPEN_MAX),
    NAMED(_SC_PAGESIZE),
    NAMED(_SC_PASS_MAX),
    NAMED(_SC_PHYS_PAGES),
    NAMED(_SC_PRIORITIZED_IO),
    NAMED(_SC_PRIORITY_SCHEDULING),
    NAMED(_SC_RAW_SOCKETS),
    NAMED(_SC_READER_WRITER_LOCKS),
    NAMED(_SC_REALTIME_SIGNALS),
    NAMED(_SC_REGEXP),
    NAMED(_SC_RE_DUP_MAX),
    NAMED(_SC_RTSIG_MAX),
    NAMED(_SC_SAVED_IDS),
    NAMED(_SC_SEMAPHORES),
    NAMED(_SC_SEM_NSEMS_MAX),
    NAMED(_SC_SEM_VALUE_MAX),
    NAMED(_SC_SHARED_MEMORY_OBJECTS),
    NAMED(_SC_SHELL),
    NAMED(_SC_SIGQUEUE_MAX),
    NAMED(_SC_SPAWN),
    NAMED(_SC_SPIN_LOCKS),
    NAMED(_SC_SPORADIC_SERVER),
    NAMED(_SC_SS_REPL_MAX),
    NAMED(_SC_STREAMS),
    NAMED(_SC_STREAM_MAX),
    NAMED(_SC_SYMLOOP_MAX),
    NAMED(_SC_SYNCHRONIZED_IO),
    NAMED(_SC_THREADS),
    NAMED(_SC_THREAD_ATTR_STACKADDR),
    NAMED(_SC_THREAD_ATTR_STACKSIZE),
    NAMED(_SC_THREAD_CPUTIME),
    NAMED(_SC_THREAD_DESTRUCTOR_ITERATIONS),
    NAMED(_SC_THREAD_KEYS_MAX),
    NAMED(_SC_THREAD_PRIORITY_SCHEDULING),
    NAMED(_SC_THREAD_PRIO_INHERIT),
    NAMED(_SC_THREAD_PRIO_PROTECT),
    NAMED(_SC_THREAD_PROCESS_SHARED),
    NAMED(_SC_THREAD_ROBUST_PRIO_INHERIT),
    NAMED(_SC_THREAD_ROBUST_PRIO_PROTECT),
    NAMED(_SC_THREAD_SAFE_FUNCTIONS),
    NAMED(_SC_THREAD_SPORADIC_SERVER),
    NAMED(_SC_THREAD_STACK_MIN),
    NAMED(_SC_THREAD_THREADS_MAX),
    NAMED(_SC_TIMEOUTS),
    NAMED(_SC_TIMERS),
    NAMED(_SC_TIMER_MAX),
    NAMED(_SC_TRACE),
    NAMED(_SC_TRACE_EVENT_FILTER),
    NAMED(_SC_TRACE_EVENT_NAME_MAX),
    NAMED(_SC_TRACE_INHERIT),
    NAMED(_SC_TRACE_LOG),
    NAMED(_SC_TRACE_NAME_MAX),
    NAMED(_SC_TRACE_SYS_MAX),
    NAMED(_SC_TRACE_USER_EVENT_MAX),
    NAMED(_SC_TTY_NAME_MAX),
    NAMED(_SC_TYPED_MEMORY_OBJECTS),
    NAMED(_SC_TZNAME_MAX),
    NAMED(_SC_V6_ILP32_OFF32),
    NAMED(_SC_V6_ILP32_OFFBIG),
    NAMED(_SC_V6_LP64_OFF64),
    NAMED(_SC_V6_LPBIG_OFFBIG),
    NAMED(_SC_V7_ILP32_OFF32),
    NAMED(_SC_V7_ILP32_OFFBIG),
    NAMED(_SC_V7_LP64_OFF64),
    NAMED(_SC_V7_LPBIG_OFFBIG),
    NAMED(_SC_VERSION),
    NAMED(_SC_XBS5_ILP32_OFF32),
    NAMED(_SC_XBS5_ILP32_OFFBIG),
    NAMED(_SC_XBS5_LP64_OFF64),
    NAMED(_SC_XBS5_LPBIG_OFFBIG),
    NAMED(_SC_XOPEN_CRYPT),
    NAMED(_SC_XOPEN_ENH_I18N),
    NAMED(_SC_XOPEN_LEGACY),
    NAMED(_SC_XOPEN_REALTIME),
    NAMED(_SC_XOPEN_REALTIME_THREADS),
    NAMED(_SC_XOPEN_SHM),
    NAMED(_SC_XOPEN_STREAMS),
    NAMED(_SC_XOPEN_UNIX),
    NAMED(_SC_XOPEN_VERSION),
    NAMED(_SC_XOPEN_XCU_VERSION),
    NAMED(_SC_XOPEN_XPG2),
    NAMED(_SC_XOPEN_XPG3),
    NAMED(_SC_XOPEN_XPG4),
};

static const struct named of_files[] = {
    NAMED(_PC_2_SYMLINKS),        NAMED(_PC_ALLOC_SIZE_MIN),
    NAMED(_PC_ASYNC_IO),          NAMED(_PC_CHOWN_RESTRICTED),
    NAMED(_PC_FILESIZEBITS),      NAMED(_PC_LINK_MAX),
    NAMED(_PC_MAX_CANON),         NAMED(_PC_MAX_INPUT),
    NAMED(_PC_NAME_MAX),          NAMED(_PC_NO_TRUNC),
    NAMED(_PC_PATH_MAX),          NAMED(_PC_PIPE_BUF),
    NAMED(_PC_PRIO_IO),           NAMED(_PC_REC_INCR_XFER_SIZE),
    NAMED(_PC_REC_MAX_XFER_SIZE), NAMED(_PC_REC_MIN_XFER_SIZE),
    NAMED(_PC_REC_XFER_ALIGN),    NAMED(_PC_SOCK_MAXBUF),
    NAMED(_PC_SYMLINK_MAX),       NAMED(_PC_SYNC_IO),
    NAMED(_PC_VDISABLE),
};

static void questions_differ(struct check *t) {
    CHECK_DISTINCT(t, of_system);
    CHECK_DISTINCT(t, of_files);
    CHECK_INT(t, _SC_PAGE_SIZE, _SC_PAGESIZE);
    CHECK_INT(t, _SC_UIO_MAXIOV, _SC_IOV_MAX);
}

// An answer, or -1 with errno as it was: no limit is known, or the option is not there.
static void the_system_answers(struct check *t) {
    for (size_t i = 0; i < COUNT(of_system); ++i) {
        check_context(t, of_system[i].name);
        errno = 0;
        CHECK(t, sysconf((int)of_system[i].value) >= -1);
        CHECK_INT(t, errno, 0);
    }
}

static void files_answer(struct check *t) {
    static const char *const grants[] = {"in", "dir", "out"};
    for (size_t i = 0; i < COUNT(of_files); ++i)
        for (size_t j = 0; j < COUNT(grants); ++j) {
            check_context(t, of_files[i].name);
            errno = 0;
            CHECK(t, fpathconf(check_fd(t, grants[j]), (int)of_files[i].value) >= -1);
            CHECK_INT(t, errno, 0);
        }
}

static void answers_agree_with_the_headers(struct check *t) {
    CHECK(t, sysconf(_SC_PAGESIZE) > 0);
    CHECK(t, sysconf(_SC_PAGESIZE) % PAGESIZE == 0);
    CHECK_INT(t, PAGE_SIZE, PAGESIZE);
    CHECK_INT(t, sysconf(_SC_2_VERSION), _POSIX2_VERSION);
    CHECK_INT(t, sysconf(_SC_2_C_BIND), _POSIX2_C_BIND);
    CHECK_INT(t, sysconf(_SC_XOPEN_ENH_I18N), _XOPEN_ENH_I18N);
    CHECK_INT(t, sysconf(_SC_V6_LP64_OFF64), _POSIX_V6_LP64_OFF64);
    CHECK_INT(t, sysconf(_SC_V7_LP64_OFF64), _POSIX_V7_LP64_OFF64);
    CHECK_INT(t, sysconf(_SC_RE_DUP_MAX), RE_DUP_MAX);
    CHECK_INT(t, sysconf(_SC_SEM_VALUE_MAX), SEM_VALUE_MAX);
    CHECK_INT(t, sysconf(_SC_THREAD_STACK_MIN), PTHREAD_STACK_MIN);
    CHECK_INT(t, sysconf(_SC_TZNAME_MAX), TZNAME_MAX);
    int dir = check_fd(t, "dir");
    CHECK_INT(t, fpathconf(dir, _PC_NAME_MAX), NAME_MAX);
    CHECK_INT(t, fpathconf(dir, _PC_PATH_MAX), PATH_MAX);
    CHECK_INT(t, fpathconf(dir, _PC_NO_TRUNC), _POSIX_NO_TRUNC);
    CHECK_INT(t, fpathconf(dir, _PC_FILESIZEBITS), FILESIZEBITS);
}

#define TESTS(X)                                                                                   \
    X(questions_differ)                                                                            \
    X(the_system_answers) X(files_answer) X(answers_agree_with_the_headers)
CHECK_MAIN(TESTS)

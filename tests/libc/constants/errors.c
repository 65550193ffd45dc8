// SPDX-License-Identifier: BSD-2-Clause
// Numbers of errors and of signals: all different, and each with its own text.

#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>

#include "families.h"

static const struct named errors[] = {
    NAMED(E2BIG),           NAMED(EACCES),       NAMED(EADDRINUSE),
    NAMED(EADDRNOTAVAIL),   NAMED(EAFNOSUPPORT), NAMED(EAGAIN),
    NAMED(EALREADY),        NAMED(EBADF),        NAMED(EBADMSG),
    NAMED(EBUSY),           NAMED(ECANCELED),    NAMED(ECHILD),
    NAMED(ECONNABORTED),    NAMED(ECONNREFUSED), NAMED(ECONNRESET),
    NAMED(EDEADLK),         NAMED(EDESTADDRREQ), NAMED(EDOM),
    NAMED(EDQUOT),          NAMED(EEXIST),       NAMED(EFAULT),
    NAMED(EFBIG),           NAMED(EHOSTUNREACH), NAMED(EIDRM),
    NAMED(EILSEQ),          NAMED(EINPROGRESS),  NAMED(EINTR),
    NAMED(EINVAL),          NAMED(EIO),          NAMED(EISCONN),
    NAMED(EISDIR),          NAMED(ELOOP),        NAMED(EMFILE),
    NAMED(EMLINK),          NAMED(EMSGSIZE),     NAMED(EMULTIHOP),
    NAMED(ENAMETOOLONG),    NAMED(ENETDOWN),     NAMED(ENETRESET),
    NAMED(ENETUNREACH),     NAMED(ENFILE),       NAMED(ENOBUFS),
    NAMED(ENODEV),          NAMED(ENOENT),       NAMED(ENOEXEC),
    NAMED(ENOLCK),          NAMED(ENOLINK),      NAMED(ENOMEM),
    NAMED(ENOMSG),          NAMED(ENOPROTOOPT),  NAMED(ENOSPC),
    NAMED(ENOSYS),          NAMED(ENOTCAPABLE),  NAMED(ENOTCONN),
    NAMED(ENOTDIR),         NAMED(ENOTEMPTY),    NAMED(ENOTRECOVERABLE),
    NAMED(ENOTSOCK),        NAMED(ENOTSUP),      NAMED(ENOTTY),
    NAMED(ENXIO),           NAMED(EOVERFLOW),    NAMED(EOWNERDEAD),
    NAMED(EPERM),           NAMED(EPIPE),        NAMED(EPROTO),
    NAMED(EPROTONOSUPPORT), NAMED(EPROTOTYPE),   NAMED(ERANGE),
    NAMED(EROFS),           NAMED(ESPIPE),       NAMED(ESRCH),
    NAMED(ESTALE),          NAMED(ETIMEDOUT),    NAMED(ETXTBSY),
    NAMED(EXDEV),
};

static const struct named signals[] = {
    NAMED(SIGABRT), NAMED(SIGALRM), NAMED(SIGBUS), NAMED(SIGCHLD), NAMED(SIGCONT), NAMED(SIGFPE),
    NAMED(SIGHUP),  NAMED(SIGILL),  NAMED(SIGINT), NAMED(SIGKILL), NAMED(SIGPIPE), NAMED(SIGQUIT),
    NAMED(SIGSEGV), NAMED(SIGSTOP), NAMED(SIGSYS), NAMED(SIGTERM), NAMED(SIGTRAP), NAMED(SIGTSTP),
    NAMED(SIGTTIN), NAMED(SIGTTOU), NAMED(SIGURG), NAMED(SIGUSR1), NAMED(SIGUSR2), NAMED(SIGVTALRM),
    NAMED(SIGXCPU), NAMED(SIGXFSZ),
};

static void all_differ(struct check *t) {
    CHECK_DISTINCT(t, errors);
    CHECK_DISTINCT(t, signals);
    for (size_t i = 0; i < COUNT(errors); ++i)
        CHECK(t, errors[i].value > 0);
    for (size_t i = 0; i < COUNT(signals); ++i)
        CHECK(t, signals[i].value > 0 && signals[i].value < NSIG);
    CHECK_INT(t, NSIG, _NSIG);
}

// POSIX lets these pairs be one error, and the ABI has one.
static void synonyms(struct check *t) {
    CHECK_INT(t, EWOULDBLOCK, EAGAIN);
    CHECK_INT(t, EOPNOTSUPP, ENOTSUP);
}

static void each_error_has_a_text(struct check *t) {
    char unknown[100], text[100];
    CHECK_INT(t, strerror_r(9999, unknown, sizeof(unknown)), 0);
    for (size_t i = 0; i < COUNT(errors); ++i) {
        check_context(t, errors[i].name);
        CHECK_INT(t, strerror_r((int)errors[i].value, text, sizeof(text)), 0);
        CHECK(t, text[0] != '\0' && strcmp(text, unknown) != 0);
        for (size_t j = 0; j < i; ++j)
            CHECK(t, strcmp(strerror((int)errors[j].value), text) != 0);
    }
}

static void each_signal_has_a_text(struct check *t) {
    for (size_t i = 0; i < COUNT(signals); ++i) {
        int number = (int)signals[i].value;
        check_context(t, signals[i].name);
        CHECK(t, strcmp(strsignal(number), strsignal(0)) != 0);
        for (size_t j = 0; j < i; ++j)
            CHECK(t, strcmp(strsignal((int)signals[j].value), strsignal(number)) != 0);
        sigset_t set;
        CHECK_INT(t, sigemptyset(&set), 0);
        CHECK_INT(t, sigaddset(&set, number), 0);
        CHECK_INT(t, sigismember(&set, number), 1);
    }
}

#define TESTS(X) X(all_differ) X(synonyms) X(each_error_has_a_text) X(each_signal_has_a_text)
CHECK_MAIN(TESTS)

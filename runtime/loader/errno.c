// SPDX-License-Identifier: BSD-2-Clause
// Error numbers of Linux as those of CloudABI. What has no equivalent is NOSYS.

#include "loader.h"

// X(Linux name, CloudABI name)
#define ERRNO_PAIRS(X)                                                                             \
    X(E2BIG, E2BIG)                                                                                \
    X(EACCES, EACCES)                                                                              \
    X(EADDRINUSE, EADDRINUSE)                                                                      \
    X(EADDRNOTAVAIL, EADDRNOTAVAIL) X(EAFNOSUPPORT, EAFNOSUPPORT) X(EAGAIN, EAGAIN) X(             \
        EALREADY, EALREADY) X(EBADF, EBADF) X(EBADMSG, EBADMSG) X(EBUSY, EBUSY)                    \
        X(ECANCELED, ECANCELED) X(ECHILD, ECHILD) X(ECONNABORTED, ECONNABORTED) X(                 \
            ECONNREFUSED, ECONNREFUSED) X(ECONNRESET, ECONNRESET) X(EDEADLK, EDEADLK)              \
            X(EDESTADDRREQ, EDESTADDRREQ) X(EDOM, EDOM) X(EDQUOT, EDQUOT) X(EEXIST, EEXIST) X(     \
                EFAULT, EFAULT) X(EFBIG, EFBIG) X(EHOSTUNREACH, EHOSTUNREACH) X(EIDRM, EIDRM)      \
                X(EILSEQ, EILSEQ) X(EINPROGRESS, EINPROGRESS) X(EINTR, EINTR) X(EINVAL, EINVAL) X( \
                    EIO, EIO) X(EISCONN, EISCONN)                                                  \
                    X(EISDIR, EISDIR) X(ELOOP, ELOOP) X(EMFILE, EMFILE) X(EMLINK, EMLINK) X(       \
                        EMSGSIZE,                                                                  \
                        EMSGSIZE) X(EMULTIHOP, EMULTIHOP)                                          \
                        X(ENAMETOOLONG, ENAMETOOLONG) X(ENETDOWN, ENETDOWN) X(                     \
                            ENETRESET, ENETRESET) X(ENETUNREACH, ENETUNREACH)                      \
                            X(ENFILE, ENFILE) X(ENOBUFS, ENOBUFS) X(ENODEV, ENODEV)                \
                                X(ENOENT, ENOENT) X(ENOEXEC, ENOEXEC) X(ENOLCK, ENOLCK) X(         \
                                    ENOLINK, ENOLINK) X(ENOMEM, ENOMEM)                            \
                                    X(ENOMSG, ENOMSG) X(ENOPROTOOPT, ENOPROTOOPT) X(               \
                                        ENOSPC,                                                    \
                                        ENOSPC) X(ENOSYS, ENOSYS)                                  \
                                        X(ENOTCONN, ENOTCONN) X(ENOTDIR, ENOTDIR) X(               \
                                            ENOTEMPTY,                                             \
                                            ENOTEMPTY) X(ENOTRECOVERABLE,                          \
                                                         ENOTRECOVERABLE) X(ENOTSOCK, ENOTSOCK)    \
                                            X(ENOTTY, ENOTTY) X(ENXIO, ENXIO) X(                   \
                                                EOPNOTSUPP,                                        \
                                                ENOTSUP) X(EOVERFLOW, EOVERFLOW)                   \
                                                X(EOWNERDEAD, EOWNERDEAD) X(EPERM, EPERM) X(       \
                                                    EPIPE,                                         \
                                                    EPIPE) X(EPROTO,                               \
                                                             EPROTO) X(EPROTONOSUPPORT,            \
                                                                       EPROTONOSUPPORT)            \
                                                    X(EPROTOTYPE, EPROTOTYPE) X(ERANGE, ERANGE) X( \
                                                        EROFS,                                     \
                                                        EROFS) X(ESPIPE,                           \
                                                                 ESPIPE) X(ESRCH, ESRCH)           \
                                                        X(ESTALE, ESTALE) X(                       \
                                                            ETIMEDOUT,                             \
                                                            ETIMEDOUT) X(ETXTBSY, ETXTBSY)         \
                                                            X(EXDEV,                               \
                                                              EXDEV) X(ESHUTDOWN, EPIPE)           \
                                                                X(EHOSTDOWN, EHOSTUNREACH) X(      \
                                                                    EPFNOSUPPORT,                  \
                                                                    EAFNOSUPPORT)                  \
                                                                    X(ESOCKTNOSUPPORT,             \
                                                                      EPROTONOSUPPORT)             \
                                                                        X(ETOOMANYREFS, ENOBUFS)   \
                                                                            X(EUSERS, EAGAIN) X(   \
                                                                                EREMOTEIO, EIO)    \
                                                                                X(ENOMEDIUM,       \
                                                                                  ENXIO)           \
                                                                                    X(EMEDIUMTYPE, \
                                                                                      ENXIO)

#define ERRNO_ENTRY(from, to) [from] = CLOUDABI_##to,
static const uint8_t table[EHWPOISON + 1] = {ERRNO_PAIRS(ERRNO_ENTRY)};

cloudabi_errno_t errno_from_linux(linux_result result) {
    if (result >= 0)
        return CLOUDABI_ESUCCESS;
    unsigned long number = 0UL - (unsigned long)result;
    if (number >= sizeof(table) || table[number] == 0)
        return CLOUDABI_ENOSYS;
    return table[number];
}

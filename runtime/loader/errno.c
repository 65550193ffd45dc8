// SPDX-License-Identifier: BSD-2-Clause
// Error numbers of Linux as those of CloudABI. What has no equivalent is NOSYS.

#include "loader.h"

// SAME: both sides have the name. LIKE: CloudABI has not, and another number says it best.
#define SAME(name) [name] = CLOUDABI_##name
#define LIKE(name, other) [name] = CLOUDABI_##other

static const uint8_t table[EHWPOISON + 1] = {
    SAME(E2BIG),
    SAME(EACCES),
    SAME(EADDRINUSE),
    SAME(EADDRNOTAVAIL),
    SAME(EAFNOSUPPORT),
    SAME(EAGAIN),
    SAME(EALREADY),
    SAME(EBADF),
    SAME(EBADMSG),
    SAME(EBUSY),
    SAME(ECANCELED),
    SAME(ECHILD),
    SAME(ECONNABORTED),
    SAME(ECONNREFUSED),
    SAME(ECONNRESET),
    SAME(EDEADLK),
    SAME(EDESTADDRREQ),
    SAME(EDOM),
    SAME(EDQUOT),
    SAME(EEXIST),
    SAME(EFAULT),
    SAME(EFBIG),
    SAME(EHOSTUNREACH),
    SAME(EIDRM),
    SAME(EILSEQ),
    SAME(EINPROGRESS),
    SAME(EINTR),
    SAME(EINVAL),
    SAME(EIO),
    SAME(EISCONN),
    SAME(EISDIR),
    SAME(ELOOP),
    SAME(EMFILE),
    SAME(EMLINK),
    SAME(EMSGSIZE),
    SAME(EMULTIHOP),
    SAME(ENAMETOOLONG),
    SAME(ENETDOWN),
    SAME(ENETRESET),
    SAME(ENETUNREACH),
    SAME(ENFILE),
    SAME(ENOBUFS),
    SAME(ENODEV),
    SAME(ENOENT),
    SAME(ENOEXEC),
    SAME(ENOLCK),
    SAME(ENOLINK),
    SAME(ENOMEM),
    SAME(ENOMSG),
    SAME(ENOPROTOOPT),
    SAME(ENOSPC),
    SAME(ENOSYS),
    SAME(ENOTCONN),
    SAME(ENOTDIR),
    SAME(ENOTEMPTY),
    SAME(ENOTRECOVERABLE),
    SAME(ENOTSOCK),
    SAME(ENOTTY),
    SAME(ENXIO),
    SAME(EOVERFLOW),
    SAME(EOWNERDEAD),
    SAME(EPERM),
    SAME(EPIPE),
    SAME(EPROTO),
    SAME(EPROTONOSUPPORT),
    SAME(EPROTOTYPE),
    SAME(ERANGE),
    SAME(EROFS),
    SAME(ESPIPE),
    SAME(ESRCH),
    SAME(ESTALE),
    SAME(ETIMEDOUT),
    SAME(ETXTBSY),
    SAME(EXDEV),
    LIKE(EHOSTDOWN, EHOSTUNREACH),
    LIKE(EMEDIUMTYPE, ENXIO),
    LIKE(ENOMEDIUM, ENXIO),
    LIKE(EOPNOTSUPP, ENOTSUP),
    LIKE(EPFNOSUPPORT, EAFNOSUPPORT),
    LIKE(EREMOTEIO, EIO),
    LIKE(ESHUTDOWN, EPIPE),
    LIKE(ESOCKTNOSUPPORT, EPROTONOSUPPORT),
    LIKE(ETOOMANYREFS, ENOBUFS),
    LIKE(EUSERS, EAGAIN),
};

cloudabi_errno_t errno_from_linux(linux_result result) {
    if (result >= 0)
        return CLOUDABI_ESUCCESS;
    unsigned long number = 0UL - (unsigned long)result;
    if (number >= sizeof(table) || table[number] == 0)
        return CLOUDABI_ENOSYS;
    return table[number];
}

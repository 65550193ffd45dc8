/* SPDX-License-Identifier: BSD-2-Clause */
/* POSIX's error numbers as C11's few results. */
#ifndef RESULT_H
#define RESULT_H

#include <errno.h>
#include <threads.h>

static inline int result(int error) {
    switch (error) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ENOMEM:
        return thrd_nomem;
    case ETIMEDOUT:
        return thrd_timedout;
    default:
        return thrd_error;
    }
}

#endif

// SPDX-License-Identifier: BSD-2-Clause
// A running thread's attributes. Of the first thread's stack, which the system provides, nothing
// is known: ENOTSUP.

#define _GNU_SOURCE
#include "pthread_impl.h"

int pthread_getattr_np(pthread_t thread, pthread_attr_t *attr) {
    if (thread->stack == NULL)
        return ENOTSUP;
    *attr = (pthread_attr_t){0};
    attr->_a_detach = thread->detach_state == DT_DETACHED;
    attr->_a_guardsize = thread->guard_size;
    attr->_a_stacksize = thread->stack_size;
    attr->_a_stackaddr = (size_t)thread->stack + thread->stack_size;
    return 0;
}

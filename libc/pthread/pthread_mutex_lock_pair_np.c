// SPDX-License-Identifier: BSD-2-Clause
// Two mutexes at once, without an order that all threads must keep to.

#include <pthread.h>
#include <stdint.h>

int pthread_mutex_lock_pair_np(pthread_mutex_t *first, pthread_mutex_t *second) {
    // The order of their addresses is the same for everyone.
    if ((uintptr_t)first > (uintptr_t)second) {
        pthread_mutex_t *lower = second;
        second = first;
        first = lower;
    }
    int error = pthread_mutex_lock(first);
    if (error != 0)
        return error;
    error = pthread_mutex_lock(second);
    if (error != 0)
        pthread_mutex_unlock(first);
    return error;
}

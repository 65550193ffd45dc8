/* No thread is cancelled: what cancellation is set to has no effect, and pthread_join() stores
 * PTHREAD_CANCELED only where a thread returned it. Nor are there priorities: a policy that an
 * attribute holds has no effect, and PTHREAD_PRIO_INHERIT, PTHREAD_PRIO_PROTECT and
 * PTHREAD_SCOPE_PROCESS are answered with ENOTSUP. */

#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#ifdef __cplusplus
extern "C" {
#endif

/* As pthread_cond_timedwait(), but for a stretch of time, by the monotonic clock whatever the
 * condition variable's own. 0, ETIMEDOUT, EINVAL for an impossible number of nanoseconds, EPERM
 * where the caller does not hold the mutex. Apple; the ABI's poll with CONDVAR. */
int pthread_cond_timedwait_relative_np(pthread_cond_t *__restrict, pthread_mutex_t *__restrict,
                                       const struct timespec *__restrict);

/* Locks both mutexes, in an order that keeps two threads that do so from waiting for each other,
 * however they name them. 0, or what pthread_mutex_lock() says of one of them, and neither is
 * locked. Solaris. */
int pthread_mutex_lock_pair_np(pthread_mutex_t *, pthread_mutex_t *);

#ifdef __cplusplus
}
#endif
#endif

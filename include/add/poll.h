/* Each descriptor must be waited for with POLLIN or POLLRDNORM, POLLOUT or POLLWRNORM: ENOTSUP
 * otherwise. POLLERR stands for a descriptor that lacks the right to be polled, too. The signal
 * mask of ppoll() must be NULL: ENOTSUP. There is no urgent data. */

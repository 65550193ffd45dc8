/* The set of exceptional conditions always comes back empty: there are none. The signal mask of
 * pselect() must be NULL: ENOTSUP. select() leaves its time-out as it is. */

/* Makes one set a copy of another. BSD's <sys/select.h>. */
#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define FD_COPY(from, to) ((void)(*(to) = *(from)))
#endif

/* The ABI's numbers of clocks. */
#undef CLOCK_MONOTONIC
#undef CLOCK_PROCESS_CPUTIME_ID
#undef CLOCK_REALTIME
#undef CLOCK_THREAD_CPUTIME_ID
#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_REALTIME 3
#define CLOCK_THREAD_CPUTIME_ID 4

#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#ifdef __cplusplus
extern "C" {
#endif

/* strptime(), in the locale given in place of the thread's. FreeBSD. */
char *strptime_l(const char *__restrict, const char *__restrict, struct tm *__restrict, locale_t);

/* Between points in time and dates of the calendar, in the time zone of the locale: UTC for all of
 * them. A date may be out of the usual ranges and is not changed. 0, or EOVERFLOW as the result.
 * The original's <time.h>. */
int localtime_l(const struct timespec *__restrict time, struct tm *__restrict date, locale_t);
int mktime_l(const struct tm *__restrict date, locale_t, struct timespec *__restrict time);

#ifdef __cplusplus
}
#endif
#endif

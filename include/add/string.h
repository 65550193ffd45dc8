#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#ifdef __cplusplus
extern "C" {
#endif

/* strsignal(): there is one language, whatever the locale. NetBSD. */
char *strsignal_l(int, locale_t);

#ifdef __cplusplus
}
#endif
#endif

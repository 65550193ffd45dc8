#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define __NEED_ssize_t
#include <bits/alltypes.h>
#ifdef __cplusplus
extern "C" {
#endif

/* getdelim() and getline() for wide characters: reads up to and with `delimiter` into `*line`, an
 * allocated array of `*space` characters or NULL, made larger where needed; the caller frees it.
 * Returns the number of characters before the terminator, or -1 at the end of the stream and with
 * errno for a failure: EINVAL, EOVERFLOW, ENOMEM and those of fgetwc(). NetBSD's and the
 * original's <wchar.h>. */
ssize_t getwdelim(wchar_t **__restrict line, size_t *__restrict space, wint_t delimiter,
                  FILE *__restrict f);
ssize_t getwline(wchar_t **__restrict line, size_t *__restrict space, FILE *__restrict f);

#ifdef __cplusplus
}
#endif
#endif

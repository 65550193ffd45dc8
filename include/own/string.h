/* SPDX-License-Identifier: BSD-2-Clause */
/* <string.h>: memory and strings. */
#ifndef _STRING_H
#define _STRING_H

#include <features.h>

#ifdef __cplusplus
extern "C" {
#endif

#define __NEED_size_t
#include <bits/alltypes.h>

#if __cplusplus >= 201103L
#define NULL nullptr
#elif defined(__cplusplus)
#define NULL 0L
#else
#define NULL ((void *)0)
#endif

void *memchr(const void *, int, size_t);
int memcmp(const void *, const void *, size_t);
void *memcpy(void *__restrict, const void *__restrict, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
char *strcat(char *__restrict, const char *__restrict);
char *strchr(const char *, int);
int strcmp(const char *, const char *);
int strcoll(const char *, const char *);
char *strcpy(char *__restrict, const char *__restrict);
size_t strcspn(const char *, const char *);
char *strerror(int);
size_t strlen(const char *);
char *strncat(char *__restrict, const char *__restrict, size_t);
int strncmp(const char *, const char *, size_t);
char *strncpy(char *__restrict, const char *__restrict, size_t);
char *strpbrk(const char *, const char *);
char *strrchr(const char *, int);
size_t strspn(const char *, const char *);
char *strstr(const char *, const char *);
char *strtok(char *__restrict, const char *__restrict);
size_t strxfrm(char *__restrict, const char *__restrict, size_t);

#if defined(_POSIX_SOURCE) || defined(_POSIX_C_SOURCE) || defined(_XOPEN_SOURCE) ||                \
    defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define __NEED_locale_t
#include <bits/alltypes.h>

char *stpcpy(char *__restrict, const char *__restrict);
char *stpncpy(char *__restrict, const char *__restrict, size_t);
int strcoll_l(const char *, const char *, locale_t);
char *strdup(const char *);
char *strerror_l(int, locale_t);
int strerror_r(int, char *, size_t);
char *strndup(const char *, size_t);
size_t strnlen(const char *, size_t);
/* The signal's name in English, or a text that says it is unknown; not to be freed. POSIX. */
char *strsignal(int);
char *strtok_r(char *__restrict, const char *__restrict, char **__restrict);
size_t strxfrm_l(char *__restrict, const char *__restrict, size_t, locale_t);
#endif

#if defined(_XOPEN_SOURCE) || defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
void *memccpy(void *__restrict, const void *__restrict, int, size_t);
#endif

#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#include <strings.h>

void explicit_bzero(void *, size_t);
size_t strlcat(char *, const char *, size_t);
size_t strlcpy(char *, const char *, size_t);
char *strsep(char **, const char *);

/* strsignal(): there is one language, whatever the locale. NetBSD. */
char *strsignal_l(int, locale_t);
#endif

#ifdef _GNU_SOURCE
/* POSIX's basename(), which writes to the path. Programs for GNU's declare it themselves, with a
 * path that is const: without parameters it agrees with that. In C23 this would mean that there are
 * none, and contradict <libgen.h>. */
#ifndef __cplusplus
#if __STDC_VERSION__ > 201710L
char *basename(char *);
#else
char *basename();
#endif
#endif
char *strcasestr(const char *, const char *);
char *strchrnul(const char *, int);
int strverscmp(const char *, const char *);
void *memmem(const void *, size_t, const void *, size_t);
void *mempcpy(void *, const void *, size_t);
void *memrchr(const void *, int, size_t);
#endif

#ifdef __cplusplus
}
#endif

#endif

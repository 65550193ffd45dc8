// SPDX-License-Identifier: BSD-2-Clause
// setlocale(): the two locales there are, for all threads.

#define _GNU_SOURCE
#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <wchar.h>

#include "check.h"

static void names(struct check *t) {
    CHECK_STR(t, setlocale(LC_ALL, NULL), "C");
    CHECK_STR(t, setlocale(LC_ALL, "POSIX"), "C");
    CHECK_STR(t, setlocale(LC_ALL, "C.UTF-8"), "C.UTF-8");
    CHECK_STR(t, setlocale(LC_NUMERIC, NULL), "C.UTF-8");
    CHECK_STR(t, setlocale(LC_ALL, "C"), "C");
    CHECK_STR(t, setlocale(LC_ALL, ""), "C.UTF-8");
    CHECK(t, setlocale(LC_ALL, "de_DE.UTF-8") == NULL);
    CHECK(t, setlocale(LC_CTYPE, "C.UTF-8 ") == NULL);
    CHECK(t, setlocale(LC_ALL + 1, "C") == NULL);
    CHECK(t, setlocale(-1, "C") == NULL);
    CHECK_STR(t, setlocale(LC_ALL, NULL), "C.UTF-8"); // as it was
}

static void mixed(struct check *t) {
    setlocale(LC_ALL, "C");
    CHECK_STR(t, setlocale(LC_CTYPE, "C.UTF-8"), "C.UTF-8");
    char saved[64];
    CHECK(t, strlcpy(saved, setlocale(LC_ALL, NULL), sizeof(saved)) < sizeof(saved));
    CHECK(t, strcmp(saved, "C") != 0 && strcmp(saved, "C.UTF-8") != 0);
    setlocale(LC_ALL, "C");
    CHECK_STR(t, setlocale(LC_ALL, saved), saved);
    CHECK_STR(t, setlocale(LC_CTYPE, NULL), "C.UTF-8");
    CHECK_STR(t, setlocale(LC_TIME, NULL), "C");
    CHECK(t, setlocale(LC_ALL, "C;C;C;C;C;C;C") == NULL);
    CHECK(t, setlocale(LC_ALL, "C;x") == NULL);
    CHECK_STR(t, setlocale(LC_ALL, NULL), saved);
}

static void *width(void *unused) {
    (void)unused;
    return (void *)MB_CUR_MAX;
}

static void effect(struct check *t) {
    pthread_t thread;
    void *elsewhere;
    wchar_t wide[2];
    setlocale(LC_ALL, "C.UTF-8");
    CHECK_INT(t, MB_CUR_MAX, 4);
    CHECK_INT(t, mbstowcs(wide, "\xe2\x82\xac", 2), 1);
    CHECK_INT(t, wide[0], 0x20ac);
    CHECK_INT(t, pthread_create(&thread, NULL, width, NULL), 0);
    CHECK_INT(t, pthread_join(thread, &elsewhere), 0);
    CHECK_INT(t, (intptr_t)elsewhere, 4);
    setlocale(LC_ALL, "C");
    CHECK_INT(t, MB_CUR_MAX, 1);
}

#define TESTS(X) X(names) X(mixed) X(effect)
CHECK_MAIN(TESTS)

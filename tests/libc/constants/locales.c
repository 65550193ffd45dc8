// SPDX-License-Identifier: BSD-2-Clause
// Constants of locales, expressions and patterns, each with the function that takes or gives it.

#define _GNU_SOURCE
#include <fnmatch.h>
#include <langinfo.h>
#include <locale.h>
#include <regex.h>

#include "distinct.h"

static void categories(struct check *t) {
    DISTINCT(t, NAMED(LC_CTYPE), NAMED(LC_NUMERIC), NAMED(LC_TIME), NAMED(LC_COLLATE),
             NAMED(LC_MONETARY), NAMED(LC_MESSAGES), NAMED(LC_ALL));
    FLAGS(t, NAMED(LC_CTYPE_MASK), NAMED(LC_NUMERIC_MASK), NAMED(LC_TIME_MASK),
          NAMED(LC_COLLATE_MASK), NAMED(LC_MONETARY_MASK), NAMED(LC_MESSAGES_MASK));
    static const int masks[] = {LC_CTYPE_MASK,    LC_NUMERIC_MASK,  LC_TIME_MASK, LC_COLLATE_MASK,
                                LC_MONETARY_MASK, LC_MESSAGES_MASK, LC_ALL_MASK};
    for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); ++i) {
        CHECK_INT(t, masks[i] & LC_ALL_MASK, masks[i]);
        locale_t locale = newlocale(masks[i], "C.UTF-8", (locale_t)0);
        if (!CHECK(t, locale != (locale_t)0))
            continue;
        CHECK_STR(t, nl_langinfo_l(NL_LOCALE_NAME(LC_CTYPE), locale),
                  masks[i] & LC_CTYPE_MASK ? "C.UTF-8" : "C");
        freelocale(locale);
    }
    CHECK(t, uselocale((locale_t)0) == LC_GLOBAL_LOCALE);
}

static const nl_item named[] = {
    ABDAY_1,  ABDAY_2,  ABDAY_3,  ABDAY_4,    ABDAY_5,   ABDAY_6, ABDAY_7, ABMON_1,
    ABMON_2,  ABMON_3,  ABMON_4,  ABMON_5,    ABMON_6,   ABMON_7, ABMON_8, ABMON_9,
    ABMON_10, ABMON_11, ABMON_12, DAY_1,      DAY_2,     DAY_3,   DAY_4,   DAY_5,
    DAY_6,    DAY_7,    MON_1,    MON_2,      MON_3,     MON_4,   MON_6,   MON_7,
    MON_8,    MON_9,    MON_10,   MON_11,     MON_12,    AM_STR,  PM_STR,  CODESET,
    D_FMT,    D_T_FMT,  T_FMT,    T_FMT_AMPM, RADIXCHAR, YESEXPR, NOEXPR,  CRNCYSTR};
static const nl_item empty[] = {MON_5,     THOUSEP,    ERA,    ERA_D_FMT, ERA_D_T_FMT,
                                ERA_T_FMT, ALT_DIGITS, YESSTR, NOSTR};

// Every item answers; those of the first list with a text, and names of days and months differ.
static void items(struct check *t) {
    const size_t count = sizeof(named) / sizeof(named[0]);
    for (size_t i = 0; i < count; ++i) {
        const char *text = nl_langinfo(named[i]);
        CHECK(t, text != NULL && *text != '\0');
        for (size_t j = i + 1; j < count; ++j) {
            CHECK(t, named[i] != named[j]);
            if (j < 37)
                CHECK(t, strcmp(text, nl_langinfo(named[j])) != 0);
        }
    }
    for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); ++i)
        CHECK(t, nl_langinfo(empty[i]) != NULL);
    CHECK_STR(t, nl_langinfo(MON_5), nl_langinfo(ABMON_5));
}

static void errors_of_expressions(struct check *t) {
    static const int errors[] = {REG_OK,      REG_NOMATCH, REG_BADPAT, REG_ECOLLATE, REG_ECTYPE,
                                 REG_EESCAPE, REG_ESUBREG, REG_EBRACK, REG_EPAREN,   REG_EBRACE,
                                 REG_BADBR,   REG_ERANGE,  REG_ESPACE, REG_BADRPT,   REG_ENOSYS};
    const size_t count = sizeof(errors) / sizeof(errors[0]);
    char texts[sizeof(errors) / sizeof(errors[0])][80];
    for (size_t i = 0; i < count; ++i) {
        size_t size = regerror(errors[i], NULL, texts[i], sizeof(texts[i]));
        CHECK_INT(t, size, strlen(texts[i]) + 1);
        CHECK(t, size > 1);
        for (size_t j = 0; j < i; ++j)
            CHECK(t, errors[i] != errors[j] && strcmp(texts[i], texts[j]) != 0);
    }
}

static void bad_expressions(struct check *t) {
    static const struct {
        const char *pattern;
        int flags, error;
    } all[] = {
        {"(a", REG_EXTENDED, REG_EPAREN},
        {"[a", 0, REG_EBRACK},
        {"a\\{2,1\\}", 0, REG_BADBR},
        {"[[:no:]]", 0, REG_ECTYPE},
        {"\\", 0, REG_EESCAPE},
        {"\\(a\\)\\2", 0, REG_ESUBREG},
        {"[b-a]", 0, REG_ERANGE},
        {"[[.ab.]]", 0, REG_ECOLLATE},
        {"a|*", REG_EXTENDED, REG_BADRPT},
    };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); ++i) {
        regex_t expression;
        check_context(t, all[i].pattern);
        int error = regcomp(&expression, all[i].pattern, all[i].flags);
        CHECK_INT(t, error, all[i].error);
        if (error == 0)
            regfree(&expression);
    }
}

static void flags_of_matches(struct check *t) {
    FLAGS(t, NAMED(REG_EXTENDED), NAMED(REG_ICASE), NAMED(REG_NEWLINE), NAMED(REG_NOSUB));
    FLAGS(t, NAMED(REG_NOTBOL), NAMED(REG_NOTEOL));
    FLAGS(t, NAMED(FNM_PATHNAME), NAMED(FNM_NOESCAPE), NAMED(FNM_PERIOD), NAMED(FNM_LEADING_DIR),
          NAMED(FNM_CASEFOLD));
    DISTINCT(t, NAMED(0), NAMED(FNM_NOMATCH), NAMED(FNM_NOSYS));
    CHECK_INT(t, FNM_FILE_NAME, FNM_PATHNAME);
    CHECK_INT(t, fnmatch("a*", "a/b", 0), 0);
    CHECK_INT(t, fnmatch("a*", "a/b", FNM_FILE_NAME), FNM_NOMATCH);
    CHECK_INT(t, fnmatch("a", "a/b", FNM_LEADING_DIR), 0);
    CHECK_INT(t, fnmatch("\\a", "\\a", FNM_NOESCAPE), 0);
    CHECK_INT(t, fnmatch("*", ".a", FNM_PERIOD), FNM_NOMATCH);
    CHECK_INT(t, fnmatch("A", "a", FNM_CASEFOLD), 0);
}

#define TESTS(X)                                                                                   \
    X(categories) X(items) X(errors_of_expressions) X(bad_expressions) X(flags_of_matches)
CHECK_MAIN(TESTS)

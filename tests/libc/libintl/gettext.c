// SPDX-License-Identifier: BSD-2-Clause
// Messages without catalogues: the text itself, in the number that the program asks for.

#include <libintl.h>
#include <locale.h>

#include "check.h"

static void texts_are_their_own_translation(struct check *t) {
    const char message[] = "No such thing";
    CHECK(t, gettext(message) == message);
    CHECK(t, dgettext("domain", message) == message);
    CHECK(t, dgettext(NULL, message) == message);
    CHECK(t, dcgettext("domain", message, LC_MESSAGES) == message);
}

static void numbers_choose(struct check *t) {
    static const struct {
        unsigned long number;
        const char *form;
    } cases[] = {{0, "many"}, {1, "one"}, {2, "many"}, {11, "many"}, {101, "many"}, {-1ul, "many"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
        unsigned long n = cases[i].number;
        CHECK_STR(t, ngettext("one", "many", n), cases[i].form);
        CHECK_STR(t, dngettext("domain", "one", "many", n), cases[i].form);
        CHECK_STR(t, dcngettext("domain", "one", "many", n, LC_MESSAGES), cases[i].form);
    }
}

#define TESTS(X) X(texts_are_their_own_translation) X(numbers_choose)
CHECK_MAIN(TESTS)

// SPDX-License-Identifier: BSD-2-Clause
// fmtmsg(): what it writes to stderr, and what it answers.

#include <fmtmsg.h>
#include <program.h>
#include <stdio.h>

#include "check.h"

static char *text;
static size_t size;

// Compares what was written since the last time.
static void check_written(struct check *t, const char *expected) {
    static size_t seen;
    fflush(stderr);
    CHECK_STR(t, text + seen, expected);
    seen = size;
}

static void messages(struct check *t) {
    FILE *stream = open_memstream(&text, &size);
    CHECK_REQUIRE(t, stream != NULL);
    fswap(stderr, stream);
    CHECK_INT(
        t, fmtmsg(MM_PRINT, "UX:cat", MM_ERROR, "invalid syntax", "refer to manual", "UX:cat:001"),
        MM_OK);
    check_written(t, "UX:cat: ERROR: invalid syntax\nTO FIX: refer to manual UX:cat:001\n");
    CHECK_INT(t, fmtmsg(MM_PRINT, MM_NULLLBL, MM_HALT, "it broke", MM_NULLACT, MM_NULLTAG), MM_OK);
    check_written(t, "HALT: it broke\n");
    CHECK_INT(t, fmtmsg(MM_PRINT, "a:b", MM_NOSEV, "text", MM_NULLACT, MM_NULLTAG), MM_OK);
    check_written(t, "a:b: text\n");
    CHECK_INT(t, fmtmsg(MM_CONSOLE, "a:b", MM_INFO, "text", MM_NULLACT, MM_NULLTAG), MM_NOCON);
    check_written(t, "");
    CHECK_INT(t, fmtmsg(MM_PRINT | MM_CONSOLE, "a:b", MM_WARNING, "x", MM_NULLACT, MM_NULLTAG),
              MM_NOCON);
    check_written(t, "a:b: WARNING: x\n");
    fswap(stderr, stream);
    fclose(stream);
    free(text);
}

static void streams_that_fail(struct check *t) {
    char small[4];
    FILE *stream = fmemopen(small, sizeof(small), "r");
    CHECK_REQUIRE(t, stream != NULL);
    fswap(stderr, stream);
    int printed = fmtmsg(MM_PRINT, "a:b", MM_INFO, "text", MM_NULLACT, MM_NULLTAG);
    int both = fmtmsg(MM_PRINT | MM_CONSOLE, "a:b", MM_INFO, "text", MM_NULLACT, MM_NULLTAG);
    fswap(stderr, stream);
    fclose(stream);
    CHECK_INT(t, printed, MM_NOMSG);
    CHECK_INT(t, both, MM_NOTOK);
}

#define TESTS(X) X(messages) X(streams_that_fail)
CHECK_MAIN(TESTS)

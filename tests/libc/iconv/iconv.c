// SPDX-License-Identifier: BSD-2-Clause
// iconv() between UTF-8, UTF-16, Latin-1 and a legacy East Asian encoding.

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "check.h"

static size_t convert(const char *to, const char *from, const char *text, size_t len, char *out,
                      size_t room) {
    iconv_t cd = iconv_open(to, from);
    if (cd == (iconv_t)-1)
        return (size_t)-1;
    char *in = (char *)text, *start = out;
    size_t result = iconv(cd, &in, &len, &out, &room);
    int error = errno;
    iconv_close(cd);
    errno = error;
    return result == (size_t)-1 ? result : (size_t)(out - start);
}

static void conversions(struct check *t) {
    char out[32];
    CHECK_INT(t, convert("UTF-8", "ISO-8859-1", "caf\xe9", 4, out, sizeof(out)), 5);
    CHECK(t, memcmp(out, "caf\xc3\xa9", 5) == 0);
    CHECK_INT(t, convert("ISO-8859-1", "UTF-8", "caf\xc3\xa9", 5, out, sizeof(out)), 4);
    CHECK(t, memcmp(out, "caf\xe9", 4) == 0);
    CHECK_INT(t, convert("UTF-16BE", "UTF-8", "\xf0\x9f\x98\x80", 4, out, sizeof(out)), 4);
    CHECK(t, memcmp(out, "\xd8\x3d\xde\x00", 4) == 0);
    CHECK_INT(t, convert("UTF-8", "SHIFT_JIS", "\x93\xfa", 2, out, sizeof(out)), 3);
    CHECK(t, memcmp(out, "\xe6\x97\xa5", 3) == 0);
}

static void errors(struct check *t) {
    char out[32];
    errno = 0;
    CHECK_INT(t, convert("UTF-8", "no such encoding", "", 0, out, sizeof(out)), (size_t)-1);
    CHECK_INT(t, errno, EINVAL);
    CHECK_INT(t, convert("UTF-16LE", "UTF-8", "\xff", 1, out, sizeof(out)), (size_t)-1);
    CHECK_INT(t, errno, EILSEQ);
    CHECK_INT(t, convert("UTF-16LE", "UTF-8", "\xe2\x82", 2, out, sizeof(out)), (size_t)-1);
    CHECK_INT(t, errno, EINVAL);
    CHECK_INT(t, convert("UTF-16LE", "UTF-8", "abcd", 4, out, 5), (size_t)-1);
    CHECK_INT(t, errno, E2BIG);
}

#define TESTS(X)                                                                                   \
    X(conversions)                                                                                 \
    X(errors)
CHECK_MAIN(TESTS)

// SPDX-License-Identifier: BSD-2-Clause
// Constants of streams, of poll() and of ioctl().

#define _GNU_SOURCE
#include <poll.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "../files.h"
#include "families.h"

static void buffers(struct check *t) {
    static const struct named kinds[] = {NAMED(_IOFBF), NAMED(_IOLBF), NAMED(_IONBF)};
    static const size_t arrived[] = {0, 3, 4};
    CHECK_DISTINCT(t, kinds);
    CHECK(t, BUFSIZ >= 256);
    for (size_t i = 0; i < COUNT(kinds); ++i) {
        check_context(t, kinds[i].name);
        int ends[2], waiting;
        CHECK_REQUIRE(t, pipe(ends) == 0);
        FILE *stream = fdopen(ends[1], "w");
        CHECK_REQUIRE(t, stream != NULL);
        CHECK_INT(t, setvbuf(stream, NULL, (int)kinds[i].value, BUFSIZ), 0);
        CHECK(t, fputs("ab\nc", stream) != EOF);
        CHECK_INT(t, ioctl(ends[0], FIONREAD, &waiting), 0);
        CHECK_INT(t, waiting, i == 1 ? waiting : (int)arrived[i]);
        CHECK(t, i != 1 || waiting >= (int)arrived[i]);
        CHECK_INT(t, fclose(stream), 0);
        CHECK_INT(t, close(ends[0]), 0);
    }
}

static void ends_of_streams(struct check *t) {
    FILE *stream = fmemopen((char[]){'x'}, 1, "r");
    CHECK_REQUIRE(t, stream != NULL);
    CHECK(t, EOF < 0);
    CHECK_INT(t, fgetc(stream), 'x');
    CHECK_INT(t, fgetc(stream), EOF);
    CHECK_INT(t, fclose(stream), 0);
}

static void many_streams(struct check *t) {
    FILE *streams[FOPEN_MAX > 1000 ? 1000 : FOPEN_MAX];
    CHECK(t, FOPEN_MAX >= 8);
    for (size_t i = 0; i < COUNT(streams); ++i)
        CHECK(t, (streams[i] = fmemopen(NULL, 8, "w+")) != NULL);
    for (size_t i = 0; i < COUNT(streams); ++i)
        if (streams[i] != NULL)
            CHECK_INT(t, fclose(streams[i]), 0);
}

static void locking(struct check *t) {
    static const struct named kinds[] = {NAMED(FSETLOCKING_QUERY), NAMED(FSETLOCKING_INTERNAL),
                                         NAMED(FSETLOCKING_BYCALLER)};
    CHECK_DISTINCT(t, kinds);
    CHECK_INT(t, __fsetlocking(t->out, FSETLOCKING_QUERY), FSETLOCKING_INTERNAL);
}

static void events(struct check *t) {
    static const struct named bits[] = {NAMED(POLLIN), NAMED(POLLOUT), NAMED(POLLERR),
                                        NAMED(POLLHUP), NAMED(POLLNVAL)};
    CHECK_DISJOINT(t, bits);
    int ends[2];
    CHECK_REQUIRE(t, pipe(ends) == 0);
    struct pollfd end = {ends[0], POLLIN, 0};
    CHECK_INT(t, write(ends[1], "x", 1), 1);
    CHECK_INT(t, poll(&end, 1, -1), 1);
    CHECK_INT(t, end.revents, POLLIN);
    end.events = POLLRDNORM;
    CHECK_INT(t, poll(&end, 1, -1), 1);
    CHECK_INT(t, end.revents, POLLRDNORM);
    struct pollfd other = {ends[1], POLLOUT, 0};
    CHECK_INT(t, poll(&other, 1, -1), 1);
    CHECK_INT(t, other.revents, POLLOUT);
    other.events = POLLWRNORM;
    CHECK_INT(t, poll(&other, 1, -1), 1);
    CHECK_INT(t, other.revents, POLLWRNORM);
    CHECK_INT(t, close(ends[1]), 0);
    CHECK_INT(t, poll(&end, 1, -1), 1);
    CHECK(t, end.revents & POLLHUP);
    CHECK_INT(t, close(ends[0]), 0);
    CHECK_INT(t, poll(&end, 1, -1), 1);
    CHECK_INT(t, end.revents, POLLNVAL);
    end.fd = without(check_fd(t, "in"), ~(cloudabi_rights_t)0);
    CHECK_INT(t, poll(&end, 1, -1), 1);
    CHECK_INT(t, end.revents, POLLERR);
}

static void requests(struct check *t) {
    CHECK(t, FIONREAD != FIONBIO);
    int ends[2], on = 1, off = 0;
    CHECK_REQUIRE(t, pipe(ends) == 0);
    CHECK_INT(t, ioctl(ends[0], FIONBIO, &on), 0);
    CHECK(t, fcntl(ends[0], F_GETFL) & O_NONBLOCK);
    CHECK_INT(t, ioctl(ends[0], FIONBIO, &off), 0);
    CHECK(t, !(fcntl(ends[0], F_GETFL) & O_NONBLOCK));
    CHECK_INT(t, close(ends[0]) | close(ends[1]), 0);
}

static void numbers_of_the_library(struct check *t) {
    CHECK(t, EXIT_SUCCESS == 0 && EXIT_FAILURE != 0);
    CHECK(t, RAND_MAX >= 32767);
    for (int i = 0; i < 1000; ++i)
        CHECK(t, rand() <= RAND_MAX);
    CHECK(t, MB_CUR_MAX >= 1);
}

#define TESTS(X)                                                                                   \
    X(buffers)                                                                                     \
    X(ends_of_streams) X(many_streams) X(locking) X(events) X(requests) X(numbers_of_the_library)
CHECK_MAIN(TESTS)

// SPDX-License-Identifier: BSD-2-Clause
// assert(): a failed one ends the process by ABRT, after a message to stderr where that leads.

#include <assert.h>
#include <program.h>
#include <signal.h>
#include <unistd.h>

#include "check.h"

static void holds(struct check *t) {
    assert(t != NULL);
    CHECK(t, true);
}

// This program starts itself with a socket as the only argument; see main of the child below.
static void fails(struct check *t) {
    int self = check_fd(t, "self");
    CHECK_REQUIRE(t, self >= 0);
    int ends[2];
    CHECK_REQUIRE(t, pipe(ends) == 0);
    argdata_t *end = argdata_create_fd(ends[1]);
    int process;
    CHECK_INT(t, program_spawn(self, end, &process), 0);
    argdata_free(end);
    close(ends[1]);
    char message[200] = "";
    size_t len = 0;
    ssize_t more;
    while (len < sizeof(message) - 1 &&
           (more = read(ends[0], message + len, sizeof(message) - 1 - len)) > 0)
        len += (size_t)more;
    CHECK(t, strstr(message, "wrong on purpose") != NULL);
    CHECK(t, strstr(message, "assert.c") != NULL);
    unsigned status;
    int signal;
    CHECK_INT(t, program_wait(process, &status, &signal), 0);
    CHECK_INT(t, signal, SIGABRT);
}

static void be_the_child(int fd) {
    FILE *out = fdopen(fd, "w");
    fswap(stderr, out);
    int wrong = 0;
    assert(wrong && "wrong on purpose");
}

#define TESTS(X)                                                                                   \
    X(holds)                                                                                       \
    X(fails)

// The child is told apart by its argument, which is a descriptor and not a map.
__attribute__((constructor)) static void start(void) {
    const void *data;
    size_t len;
    program_get_raw_argdata(&data, &len);
    const unsigned char *bytes = data;
    if (len == 5 && bytes[0] == 3)
        be_the_child(bytes[4]);
}

CHECK_MAIN(TESTS)

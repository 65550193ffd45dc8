// SPDX-License-Identifier: BSD-2-Clause
// getopt() on words that the program has made itself; the environment, which is empty.

#define _GNU_SOURCE
#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"

enum { WORDS = 8 };

// Starts anew, with a copy that getopt_long() may reorder. The first word is the program's name.
static int start(char **argv, ...) {
    va_list words;
    va_start(words, argv);
    int argc = 0;
    argv[argc++] = "prog";
    while ((argv[argc] = va_arg(words, char *)) != NULL)
        ++argc;
    va_end(words);
    optind = 1;
    optreset = 1;
    opterr = 0;
    return argc;
}

static void letters(struct check *t) {
    char *argv[WORDS];
    int argc = start(argv, "-ab", "value", "-c", "--", "-a", NULL);
    CHECK_INT(t, getopt(argc, argv, "ab:c"), 'a');
    CHECK_INT(t, getopt(argc, argv, "ab:c"), 'b');
    CHECK_STR(t, optarg, "value");
    CHECK_INT(t, getopt(argc, argv, "ab:c"), 'c');
    CHECK_INT(t, getopt(argc, argv, "ab:c"), -1);
    CHECK_INT(t, optind, 5);
}

static void mistakes(struct check *t) {
    char *argv[WORDS];
    int argc = start(argv, "-x", "-b", NULL);
    CHECK_INT(t, getopt(argc, argv, ":b:"), '?');
    CHECK_INT(t, optopt, 'x');
    CHECK_INT(t, getopt(argc, argv, ":b:"), ':');
    CHECK_INT(t, optopt, 'b');
}

// The message goes to stderr, wherever the program has led that.
static void message(struct check *t) {
    char *argv[WORDS], text[64] = "";
    int argc = start(argv, "-x", NULL);
    opterr = 1;
    FILE *file = fmemopen(text, sizeof(text), "w");
    fswap(stderr, file);
    CHECK_INT(t, getopt(argc, argv, "a"), '?');
    fswap(stderr, file);
    fclose(file);
    CHECK_STR(t, text, "prog: unrecognized option: x\n");
}

static void words(struct check *t) {
    int flag = 0, index = -1;
    const struct option options[] = {{"name", required_argument, NULL, 'n'},
                                     {"flag", no_argument, &flag, 7},
                                     {"maybe", optional_argument, NULL, 'm'},
                                     {0}};
    char *argv[WORDS];
    int argc = start(argv, "operand", "--name=x", "--flag", "--maybe", "--na", "y", NULL);
    CHECK_INT(t, getopt_long(argc, argv, "", options, &index), 'n');
    CHECK_STR(t, optarg, "x");
    CHECK_INT(t, index, 0);
    CHECK_INT(t, getopt_long(argc, argv, "", options, NULL), 0);
    CHECK_INT(t, flag, 7);
    CHECK_INT(t, getopt_long(argc, argv, "", options, NULL), 'm');
    CHECK(t, optarg == NULL);
    CHECK_INT(t, getopt_long(argc, argv, "", options, NULL), 'n');
    CHECK_STR(t, optarg, "y");
    CHECK_INT(t, getopt_long(argc, argv, "", options, NULL), -1);
    CHECK_STR(t, argv[optind], "operand");
    argc = start(argv, "-name", "z", NULL);
    CHECK_INT(t, getopt_long_only(argc, argv, "", options, NULL), 'n');
    CHECK_STR(t, optarg, "z");
}

static void environment(struct check *t) {
    CHECK(t, getenv("PATH") == NULL);
    CHECK(t, getenv("HOME") == NULL);
    CHECK(t, getenv("") == NULL);
}

#define TESTS(X) X(letters) X(mistakes) X(message) X(words) X(environment)
CHECK_MAIN(TESTS)

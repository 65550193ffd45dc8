// SPDX-License-Identifier: BSD-2-Clause
// The command line.
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "diag.h"

static const char usage[] =
    "Usage: cloudabi-run [options] PROGRAM < CONFIG.yaml\n"
    "       cloudabi-run [options] --config CONFIG.yaml PROGRAM\n"
    "       cloudabi-run --check\n"
    "\n"
    "Starts a CloudABI program in a sandbox. The configuration is one YAML document; it becomes\n"
    "the program's argument data, and the descriptors it names are all that the program can "
    "reach:\n"
    "\n"
    "  dir: !file {path: /srv/data, rights: read|write}\n"
    "  log: !fd stdout\n"
    "  http: !socket {bind: '127.0.0.1:8080'}\n"
    "\n"
    "Options:\n"
    "  --config FILE  read the configuration from FILE and leave standard input for `!fd stdin`\n"
    "  --check        say whether this machine can give the sandbox's guarantee, and start "
    "nothing\n"
    "  --strict       let the launcher perform every path call of the program; this is also what "
    "a\n"
    "                 machine without user name spaces gets\n"
    "  --weak         start the program even where neither can be had, confined by less; what is\n"
    "                 lost is printed\n"
    "  --loader FILE  use this loader instead of ../lib/cloudabi/loader beside this program\n"
    "  --help         print this text\n"
    "  --version      print the version\n"
    "\n"
    "Exit status: the program's own (its low 8 bits); 128+n when signal n ended it; 127 when the\n"
    "program was not started, with the reason on standard error. See cloudabi-run(1).\n";

_Noreturn static void mistake(const char *text) {
    diag_error("%s: `cloudabi-run --help` shows the usage", text);
    exit(EXIT_LAUNCHER);
}

void options_parse(int argc, char **argv, struct options *options) {
    enum { CONFIG = 256, CHECK, LOADER, STRICT, WEAK, HELP, VERSION };
    static const struct option longs[] = {
        {"config", required_argument, NULL, CONFIG}, {"check", no_argument, NULL, CHECK},
        {"loader", required_argument, NULL, LOADER}, {"strict", no_argument, NULL, STRICT},
        {"weak", no_argument, NULL, WEAK},           {"help", no_argument, NULL, HELP},
        {"version", no_argument, NULL, VERSION},     {NULL, 0, NULL, 0},
    };
    *options = (struct options){0};
    opterr = 0;
    int option;
    // '+': options end at the program's name.
    while ((option = getopt_long(argc, argv, "+eh", longs, NULL)) != -1) {
        switch (option) {
        case CONFIG:
            options->config = optarg;
            break;
        case CHECK:
            options->check = true;
            break;
        case LOADER:
            options->loader = optarg;
            break;
        case STRICT:
            options->strict = true;
            break;
        case WEAK:
            options->weak = true;
            break;
        case 'h':
        case HELP:
            fputs(usage, stdout);
            exit(fflush(stdout) == 0 ? 0 : EXIT_LAUNCHER);
        case VERSION:
            puts("cloudabi-run " CLOUDABI_VERSION);
            exit(fflush(stdout) == 0 ? 0 : EXIT_LAUNCHER);
        case 'e':
            mistake("-e asked the original for its emulator, which does not confine the program: "
                    "there is no mode without the sandbox here");
        default:
            diag_error("'%s' is an unknown option, or one without its value: `cloudabi-run --help` "
                       "shows the usage",
                       argv[optind - 1]);
            exit(EXIT_LAUNCHER);
        }
    }
    if (options->strict && options->weak)
        mistake("--strict and --weak contradict each other");
    if (options->check && optind < argc)
        mistake("--check takes no program");
    if (!options->check && optind == argc)
        mistake("no program named");
    if (!options->check && optind + 1 < argc)
        mistake("more than one operand: a program's arguments come from its configuration");
    options->program = argv[optind];
}

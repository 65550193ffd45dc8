// SPDX-License-Identifier: BSD-2-Clause
// compare|prove|mutants|cached|kernel
#include <stdio.h>
#include <string.h>

#include "compare.h"

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        bool (*run)(void);
    } tests[] = {
        {"compare", compare_all}, {"prove", prove_all},   {"mutants", mutants_all},
        {"cached", cached_all},   {"kernel", kernel_all},
    };
    for (size_t i = 0; argc == 2 && i < sizeof tests / sizeof tests[0]; i++)
        if (strcmp(argv[1], tests[i].name) == 0)
            return tests[i].run() ? 0 : 1;
    fprintf(stderr, "usage: seccomp_compare compare|prove|mutants|cached|kernel\n");
    return 2;
}

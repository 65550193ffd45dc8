// SPDX-License-Identifier: BSD-2-Clause
// A program of this tree's toolchain that has main() only.
#include <string.h>

int main(int argc, char *argv[], char *envp[]) {
    if (argc != 4 || envp[0] != NULL || argv[4] != NULL)
        return 1;
    if (strcmp(argv[0], "name") != 0 || strcmp(argv[3], "unterminated") != 0)
        return 2;
    return 10 * argc;
}

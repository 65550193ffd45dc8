// SPDX-License-Identifier: BSD-2-Clause
// Says that it runs, then waits until somebody lets go of the other end, so that its memory can be
// looked at.
#include <program.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../../examples/arguments.h"

void program_main(const argdata_t *arguments) {
    char byte = '\n';
    if (write(argument_fd(arguments, "out"), &byte, 1) != 1)
        exit(1);
    while (read(argument_fd(arguments, "in"), &byte, 1) > 0)
        ;
    exit(0);
}

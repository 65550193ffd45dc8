// SPDX-License-Identifier: BSD-2-Clause
// A program of this tree's toolchain that becomes one of the original's: the argument is a sequence
// of the descriptors to pass on, and behind them the program's.
#include <argdata.h>
#include <program.h>
#include <stdlib.h>

enum { MOST = 8 };

void program_main(const argdata_t *argument) {
    argdata_t *passed[MOST];
    size_t count = 0;
    int fds[MOST];
    argdata_seq_iterator_t it;
    const argdata_t *value;
    argdata_seq_iterate(argument, &it);
    for (; count < MOST && argdata_seq_get(&it, &value); argdata_seq_next(&it)) {
        if (argdata_get_fd(value, &fds[count]) != 0)
            exit(120);
        passed[count] = argdata_create_fd(fds[count]);
        ++count;
    }
    if (count < 2)
        exit(121);
    argdata_t *list = argdata_create_seq((const argdata_t *const *)passed, count - 1);
    exit(program_exec(fds[count - 1], list) == 0 ? 122 : 123);
}

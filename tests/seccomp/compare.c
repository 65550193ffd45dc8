// SPDX-License-Identifier: BSD-2-Clause
#include "compare.h"

#include <errno.h>
#include <stdio.h>

#include "inputs.h"
#include "machine.h"

enum { RANDOM = 10000000 }; // for each filter

const char *const kinds[KINDS] = {"allowed", "EPERM", "ENOSYS", "killed", "supervisor", "nothing"};

size_t kind_of(uint32_t answer) {
    static const uint32_t answers[KINDS] = {
        SECCOMP_RET_ALLOW,        SECCOMP_RET_ERRNO | EPERM, SECCOMP_RET_ERRNO | ENOSYS,
        SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_USER_NOTIF,    SECCOMP_RET_ERRNO,
    };
    size_t kind = 0;
    while (kind < KINDS && answers[kind] != answer)
        kind++;
    return kind;
}

struct tally {
    const struct program *program;
    size_t counts[KINDS + 1];
    size_t wrong;
};

static void judge(const struct seccomp_data *data, void *context) {
    struct tally *tally = context;
    uint32_t got = machine_run(tally->program->code, data, NULL);
    uint32_t want = reference_answer(tally->program->column, data);
    tally->counts[kind_of(got)]++;
    if (got == want)
        return;
    if (tally->wrong++ < 10)
        printf("not ok %s: call %#x of %#x (%#llx %#llx %#llx %#llx %#llx %#llx): %#x, not %#x\n",
               tally->program->name, (unsigned)data->nr, data->arch, data->args[0], data->args[1],
               data->args[2], data->args[3], data->args[4], data->args[5], got, want);
}

bool compare_all(void) {
    size_t total = 0, wrong = 0;
    for (size_t p = 0; p < PROGRAMS; p++) {
        struct tally tally = {.program = &programs[p]};
        if (!machine_valid(programs[p].code, programs[p].length)) {
            printf("not ok %s: the kernel would not take it\n", programs[p].name);
            return false;
        }
        size_t boundary = inputs_boundary(judge, &tally);
        struct inputs_random random = {.state = p};
        for (size_t i = 0; i < RANDOM; i++) {
            struct seccomp_data data;
            inputs_random(&random, &data);
            judge(&data, &tally);
        }
        printf("%s: %zu instructions, %zu boundary and %d random inputs:", programs[p].name,
               programs[p].length, boundary, RANDOM);
        for (size_t k = 0; k < KINDS; k++)
            printf(" %zu %s%s", tally.counts[k], kinds[k], k + 1 < KINDS ? "," : "\n");
        total += boundary + RANDOM;
        wrong += tally.wrong + tally.counts[KINDS];
    }
    printf("%zu inputs compared, %zu answered otherwise than the table says\n", total, wrong);
    return wrong == 0 && total >= 10000000;
}

// SPDX-License-Identifier: BSD-2-Clause
#include "reference.h"

#include <errno.h>
#include <linux/audit.h>

#include "reference_lines.h"
#include "seccomp_filter.h"

#define PROGRAM(name) {#name, name, sizeof name / sizeof name[0], REFERENCE_##name},
// A filter without a column here does not compile; one too many or too few neither.
const struct program programs[] = {CLOUDABI_SECCOMP_PROGRAMS(PROGRAM)};

static bool holds(const struct check *check, uint64_t argument) {
    uint64_t value = check->wide ? argument : (uint32_t)argument;
    switch (check->op) {
    case ONLY:
        return (value & ~check->values[0]) == 0;
    case AT_MOST:
        return value <= check->values[0];
    case IS:
        for (size_t i = 0; i < check->count; i++)
            if (value == check->values[i])
                return true;
        break;
    }
    return false;
}

static bool all_hold(const struct line *line, const struct seccomp_data *data) {
    for (size_t i = 0; i < line->checks_count; i++)
        if (!holds(&line->checks[i], data->args[line->checks[i].index]))
            return false;
    return true;
}

uint32_t reference_answer(int column, const struct seccomp_data *data) {
    if (data->arch != AUDIT_ARCH_X86_64)
        return SECCOMP_RET_KILL_PROCESS;
    bool known = false;
    for (size_t i = 0; i < lines_count; i++) {
        const struct line *line = &lines[i];
        if (line->number != (uint32_t)data->nr || line->answers[column] == ABSENT)
            continue;
        known = true;
        if (!all_hold(line, data))
            continue;
        switch (line->answers[column]) {
        case ALLOW:
            return SECCOMP_RET_ALLOW;
        case ASK_SUPERVISOR:
            return SECCOMP_RET_USER_NOTIF;
        case DO_NOTHING:
            return SECCOMP_RET_ERRNO;
        case ABSENT:
            break;
        }
    }
    return SECCOMP_RET_ERRNO | (known ? EPERM : ENOSYS);
}

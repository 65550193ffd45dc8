// SPDX-License-Identifier: BSD-2-Clause
#include <linux/audit.h>
#include <stdio.h>

#include "compare.h"
#include "machine.h"

enum { NUMBERS = 1024 };

// Allowed by a line of the table that asks nothing.
static const struct line *free_line(uint32_t number, int column) {
    for (size_t i = 0; i < lines_count; i++)
        if (lines[i].number == number && lines[i].checks_count == 0 &&
            lines[i].answers[column] == ALLOW)
            return &lines[i];
    return NULL;
}

static bool cached(const struct program *program) {
    bool right = true;
    size_t count = 0;
    printf("%s, from the bitmap:", program->name);
    for (uint32_t number = 0; number < NUMBERS; number++) {
        const struct line *line = free_line(number, program->column);
        bool got = machine_allows_by_number(program->code, number, AUDIT_ARCH_X86_64);
        if (got)
            printf(" %s", line != NULL ? line->text : "?");
        if (got != (line != NULL))
            printf("\nnot ok: call %u is %s\n", number, got ? "cached" : "not cached");
        right = right && got == (line != NULL);
        count += got;
        right = right && !machine_allows_by_number(program->code, number, AUDIT_ARCH_I386) &&
                !machine_allows_by_number(program->code, 0x40000000 | number, AUDIT_ARCH_X86_64);
    }
    printf("\n%s: %zu calls\n", program->name, count);
    return right && count > 0;
}

bool cached_all(void) {
    bool right = true;
    for (size_t p = 0; p < PROGRAMS; p++)
        right = cached(&programs[p]) && right;
    return right;
}

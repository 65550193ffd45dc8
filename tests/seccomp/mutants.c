// SPDX-License-Identifier: BSD-2-Clause
// Changes each filter in one instruction at a time. The comparison is worth something only if it
// finds every change that matters; one that it does not find must be proved to matter to no call.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "inputs.h"
#include "machine.h"

enum { MOST = 512 };

// The boundary inputs, what is answered, and which of them come by each instruction.
struct inputs {
    const struct program *program;
    size_t count, room;
    struct seccomp_data *data;
    uint32_t *answers;
    struct {
        size_t count, room;
        uint32_t *list;
    } by[MOST];
};

struct tally {
    size_t made, found, harmless, missed;
};

static void *grow(void *array, size_t *room, size_t size) {
    *room = *room == 0 ? 1024 : *room * 2;
    array = realloc(array, *room * size);
    if (array == NULL)
        abort();
    return array;
}

static void keep(const struct seccomp_data *data, void *context) {
    struct inputs *inputs = context;
    bool visited[MOST] = {false};
    if (inputs->count == inputs->room) {
        size_t room = inputs->room;
        inputs->answers = grow(inputs->answers, &room, sizeof *inputs->answers);
        inputs->data = grow(inputs->data, &inputs->room, sizeof *inputs->data);
    }
    inputs->data[inputs->count] = *data;
    inputs->answers[inputs->count] = reference_answer(inputs->program->column, data);
    machine_run(inputs->program->code, data, visited);
    for (size_t i = 0; i < inputs->program->length; i++) {
        if (!visited[i])
            continue;
        if (inputs->by[i].count == inputs->by[i].room)
            inputs->by[i].list = grow(inputs->by[i].list, &inputs->by[i].room, sizeof(uint32_t));
        inputs->by[i].list[inputs->by[i].count++] = (uint32_t)inputs->count;
    }
    inputs->count++;
}

static bool finds(const struct inputs *inputs, const struct sock_filter *mutant, size_t at) {
    for (size_t i = 0; i < inputs->by[at].count; i++) {
        uint32_t input = inputs->by[at].list[i];
        if (machine_run(mutant, &inputs->data[input], NULL) != inputs->answers[input])
            return true;
    }
    return false;
}

static void try_mutant(const struct inputs *inputs, size_t at, struct sock_filter instruction,
                       struct tally *tally) {
    static struct sock_filter mutant[MOST];
    const struct program *program = inputs->program;
    if (memcmp(&instruction, &program->code[at], sizeof instruction) == 0)
        return;
    memcpy(mutant, program->code, program->length * sizeof *mutant);
    mutant[at] = instruction;
    if (!machine_valid(mutant, program->length))
        return;
    tally->made++;
    struct seccomp_data witness;
    bool found = finds(inputs, mutant, at), same = equivalent(program->code, mutant, at, &witness);
    // Inputs and proof know nothing of each other.
    if ((same && found) || (!same && machine_run(program->code, &witness, NULL) ==
                                         machine_run(mutant, &witness, NULL)))
        abort();
    if (found) {
        tally->found++;
    } else if (same) {
        tally->harmless++;
    } else {
        tally->missed++;
        printf("not ok %s: instruction %zu as %#x %u %u %#x is not found, but matters to call %#x "
               "of %#x (%#llx %#llx %#llx %#llx)\n",
               program->name, at, instruction.code, instruction.jt, instruction.jf, instruction.k,
               (unsigned)witness.nr, witness.arch, witness.args[0], witness.args[1],
               witness.args[2], witness.args[3]);
    }
}

static void mutate_jump(const struct inputs *inputs, size_t at, struct tally *tally) {
    static const uint8_t ops[] = {BPF_JEQ, BPF_JGT, BPF_JGE, BPF_JSET};
    const struct sock_filter is = inputs->program->code[at];
    struct sock_filter to = {is.code, is.jf, is.jt, is.k};
    try_mutant(inputs, at, to, tally);
    for (int by = -1; by <= 1; by += 2) {
        to = (struct sock_filter){is.code, (uint8_t)(is.jt + by), is.jf, is.k};
        try_mutant(inputs, at, to, tally);
        to = (struct sock_filter){is.code, is.jt, (uint8_t)(is.jf + by), is.k};
        try_mutant(inputs, at, to, tally);
        to = (struct sock_filter){is.code, is.jt, is.jf, is.k + (uint32_t)by};
        try_mutant(inputs, at, to, tally);
    }
    for (int bit = 0; bit < 32; bit++) {
        to = (struct sock_filter){is.code, is.jt, is.jf, is.k ^ UINT32_C(1) << bit};
        try_mutant(inputs, at, to, tally);
    }
    for (size_t i = 0; i < sizeof ops; i++) {
        to = (struct sock_filter){(uint16_t)(BPF_JMP | ops[i] | BPF_K), is.jt, is.jf, is.k};
        try_mutant(inputs, at, to, tally);
    }
}

static void mutate(const struct inputs *inputs, size_t at, struct tally *tally) {
    static const uint32_t answers[] = {
        SECCOMP_RET_ALLOW,        SECCOMP_RET_ERRNO | EPERM, SECCOMP_RET_ERRNO | ENOSYS,
        SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_USER_NOTIF,    SECCOMP_RET_ERRNO,
    };
    const struct sock_filter is = inputs->program->code[at];
    switch (BPF_CLASS(is.code)) {
    case BPF_LD:
        for (uint32_t k = 0; k < sizeof(struct seccomp_data); k += 4)
            // Nobody could see the difference in a call: it is where the instruction lies.
            if (k / 8 != offsetof(struct seccomp_data, instruction_pointer) / 8)
                try_mutant(inputs, at, (struct sock_filter){is.code, 0, 0, k}, tally);
        break;
    case BPF_RET:
        for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
            try_mutant(inputs, at, (struct sock_filter){is.code, 0, 0, answers[i]}, tally);
        break;
    default:
        if (BPF_OP(is.code) != BPF_JA)
            mutate_jump(inputs, at, tally);
        for (uint32_t k = 0; k < 3; k++)
            try_mutant(inputs, at, (struct sock_filter){BPF_JMP | BPF_JA, 0, 0, k}, tally);
    }
}

bool mutants_all(void) {
    struct tally total = {0};
    for (size_t p = 0; p < PROGRAMS; p++) {
        static struct inputs inputs;
        inputs = (struct inputs){.program = &programs[p]};
        struct tally tally = {0};
        if (programs[p].length > MOST)
            abort();
        inputs_boundary(keep, &inputs);
        for (size_t at = 0; at < programs[p].length; at++)
            mutate(&inputs, at, &tally);
        printf("%s: %zu changes, %zu found, %zu proved to change no answer, %zu missed\n",
               programs[p].name, tally.made, tally.found, tally.harmless, tally.missed);
        total.made += tally.made;
        total.found += tally.found;
        total.missed += tally.missed;
        free(inputs.data);
        free(inputs.answers);
        for (size_t i = 0; i < MOST; i++)
            free(inputs.by[i].list);
    }
    printf("%zu changes of one instruction, %zu of %zu that matter found\n", total.made,
           total.found, total.found + total.missed);
    return total.missed == 0 && total.found > 1000;
}

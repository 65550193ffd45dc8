// SPDX-License-Identifier: BSD-2-Clause
// Writes the table's plain lines as a program, one after the other, and proves that each filter
// gives the same answer to every call that there can be.
#include <errno.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "machine.h"

enum { MOST = 16384, WAYS = 64 };

struct writer {
    struct sock_filter code[MOST];
    size_t length;
    size_t fails[WAYS], fails_count; // jumps to where the next line begins
};

static void put(struct writer *writer, uint16_t code, uint8_t yes, uint8_t no, uint32_t k) {
    if (writer->length == MOST)
        abort();
    writer->code[writer->length++] = (struct sock_filter){code, yes, no, k};
}

static void load(struct writer *writer, size_t offset) {
    put(writer, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset);
}

static void fail(struct writer *writer) {
    if (writer->fails_count == WAYS)
        abort();
    writer->fails[writer->fails_count++] = writer->length;
    put(writer, BPF_JMP | BPF_JA, 0, 0, 0);
}

static void arrive(struct writer *writer, const size_t *jumps, size_t count) {
    for (size_t i = 0; i < count; i++)
        writer->code[jumps[i]].k = (uint32_t)(writer->length - jumps[i] - 1);
}

static void put_values(struct writer *writer, const struct check *check, size_t low) {
    size_t found[WAYS], count = 0;
    for (size_t i = 0; i < check->count; i++) {
        load(writer, low);
        put(writer, BPF_JMP | BPF_JEQ | BPF_K, 0, check->wide ? 3 : 1, (uint32_t)check->values[i]);
        if (check->wide) {
            load(writer, low + 4);
            put(writer, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (uint32_t)(check->values[i] >> 32));
        }
        found[count++] = writer->length;
        put(writer, BPF_JMP | BPF_JA, 0, 0, 0);
    }
    fail(writer);
    arrive(writer, found, count);
}

// One comparison, after which the line fails if it comes out as yes.
static void put_refusal(struct writer *writer, size_t offset, uint16_t op, uint32_t k) {
    load(writer, offset);
    put(writer, (uint16_t)(BPF_JMP | op | BPF_K), 0, 1, k);
    fail(writer);
}

static void put_check(struct writer *writer, const struct check *check) {
    size_t low = offsetof(struct seccomp_data, args) + 8 * (size_t)check->index;
    switch (check->op) {
    case IS:
        put_values(writer, check, low);
        break;
    case ONLY:
        put_refusal(writer, low, BPF_JSET, ~(uint32_t)check->values[0]);
        if (check->wide)
            put_refusal(writer, low + 4, BPF_JSET, ~(uint32_t)(check->values[0] >> 32));
        break;
    case AT_MOST:
        put_refusal(writer, low, BPF_JGT, (uint32_t)check->values[0]);
        if (check->wide)
            put_refusal(writer, low + 4, BPF_JGT, 0);
    }
}

static uint32_t value_of(enum answer answer) {
    return answer == ALLOW            ? SECCOMP_RET_ALLOW
           : answer == ASK_SUPERVISOR ? SECCOMP_RET_USER_NOTIF
                                      : SECCOMP_RET_ERRNO;
}

static void write_plainly(struct writer *writer, int column) {
    writer->length = 0;
    load(writer, offsetof(struct seccomp_data, arch));
    put(writer, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, AUDIT_ARCH_X86_64);
    put(writer, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS);
    for (size_t l = 0; l < lines_count; l++) {
        if (lines[l].answers[column] == ABSENT)
            continue;
        writer->fails_count = 0;
        load(writer, offsetof(struct seccomp_data, nr));
        put(writer, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, lines[l].number);
        fail(writer);
        for (size_t c = 0; c < lines[l].checks_count; c++)
            put_check(writer, &lines[l].checks[c]);
        put(writer, BPF_RET | BPF_K, 0, 0, value_of(lines[l].answers[column]));
        arrive(writer, writer->fails, writer->fails_count);
    }
    load(writer, offsetof(struct seccomp_data, nr));
    for (size_t l = 0; l < lines_count; l++) {
        if (lines[l].answers[column] == ABSENT)
            continue;
        put(writer, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, lines[l].number);
        put(writer, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EPERM);
    }
    put(writer, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | ENOSYS);
}

// Each comparison in turn with its ways exchanged: the proof must fail, or fail to matter.
static bool refutes_others(const struct program *program, const struct writer *plain,
                           size_t *refuted) {
    static struct sock_filter other[MOST];
    for (size_t i = 0; i < program->length; i++) {
        struct seccomp_data witness;
        memcpy(other, program->code, program->length * sizeof *other);
        if (other[i].jt == other[i].jf)
            continue;
        other[i].jt = program->code[i].jf;
        other[i].jf = program->code[i].jt;
        bool alike = equivalent(program->code, other, i, &witness);
        if (equivalent(plain->code, other, SIZE_MAX, &witness) != alike)
            return false;
        *refuted += !alike && machine_run(other, &witness, NULL) !=
                                  reference_answer(program->column, &witness);
    }
    return true;
}

bool prove_all(void) {
    static struct writer plain;
    bool right = true;
    for (size_t p = 0; p < PROGRAMS; p++) {
        struct seccomp_data witness;
        size_t refuted = 0;
        write_plainly(&plain, programs[p].column);
        bool proved = equivalent(plain.code, programs[p].code, SIZE_MAX, &witness);
        if (!proved)
            printf(
                "not ok %s: call %#x of %#x (%#llx %#llx %#llx %#llx) is answered %#x, not %#x\n",
                programs[p].name, (unsigned)witness.nr, witness.arch, witness.args[0],
                witness.args[1], witness.args[2], witness.args[3],
                machine_run(programs[p].code, &witness, NULL),
                reference_answer(programs[p].column, &witness));
        bool sharp = refutes_others(&programs[p], &plain, &refuted);
        printf("%s: %s for every call; %zu changed filters refuted\n", programs[p].name,
               proved ? "as the table says" : "NOT as the table says", refuted);
        right = right && proved && sharp && refuted > 10;
    }
    return right;
}

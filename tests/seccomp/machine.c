// SPDX-License-Identifier: BSD-2-Clause
#include "machine.h"

#include <string.h>

static bool valid_instruction(const struct sock_filter *at, size_t rest) {
    switch (at->code) {
    case BPF_LD | BPF_W | BPF_ABS:
        return rest > 0 && at->k % 4 == 0 && at->k < sizeof(struct seccomp_data);
    case BPF_JMP | BPF_JA:
        return at->k < rest;
    case BPF_JMP | BPF_JEQ | BPF_K:
    case BPF_JMP | BPF_JGT | BPF_K:
    case BPF_JMP | BPF_JGE | BPF_K:
    case BPF_JMP | BPF_JSET | BPF_K:
        return at->jt < rest && at->jf < rest;
    default:
        return at->code == (BPF_RET | BPF_K);
    }
}

bool machine_valid(const struct sock_filter *code, size_t length) {
    if (length == 0 || length > BPF_MAXINSNS)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!valid_instruction(&code[i], length - i - 1))
            return false;
    return true;
}

static bool compare(const struct sock_filter *at, uint32_t word) {
    switch (BPF_OP(at->code)) {
    case BPF_JEQ:
        return word == at->k;
    case BPF_JGT:
        return word > at->k;
    case BPF_JGE:
        return word >= at->k;
    default:
        return (word & at->k) != 0;
    }
}

uint32_t machine_run(const struct sock_filter *code, const struct seccomp_data *data,
                     bool *visited) {
    uint32_t word = 0;
    for (const struct sock_filter *at = code;; at++) {
        if (visited != NULL)
            visited[at - code] = true;
        switch (BPF_CLASS(at->code)) {
        case BPF_LD:
            memcpy(&word, (const char *)data + at->k, sizeof word);
            break;
        case BPF_RET:
            return at->k;
        default:
            at += BPF_OP(at->code) == BPF_JA ? at->k : compare(at, word) ? at->jt : at->jf;
        }
    }
}

bool machine_allows_by_number(const struct sock_filter *code, uint32_t number, uint32_t arch) {
    uint32_t word = 0;
    for (const struct sock_filter *at = code;; at++) {
        switch (BPF_CLASS(at->code)) {
        case BPF_LD:
            if (at->k == offsetof(struct seccomp_data, nr))
                word = number;
            else if (at->k == offsetof(struct seccomp_data, arch))
                word = arch;
            else
                return false;
            break;
        case BPF_RET:
            return at->k == SECCOMP_RET_ALLOW;
        default:
            at += BPF_OP(at->code) == BPF_JA ? at->k : compare(at, word) ? at->jt : at->jf;
        }
    }
}

// SPDX-License-Identifier: BSD-2-Clause
// All attacks, one family after the other.

#include "attack.h"

#include "crt.h"

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    attack_begin();
    attack_descriptors();
    attack_paths();
    attack_writes();
    attack_network();
    attack_processes();
    attack_kernel();
    attack_memory();
    attack_empty_path();
    attack_races();
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}

// SPDX-License-Identifier: BSD-2-Clause
// Every number there is: of system calls, and of descriptors.

#include "attack.h"

#include "crt.h"

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    attack_begin();
    attack_all_numbers();
    attack_handles();
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}

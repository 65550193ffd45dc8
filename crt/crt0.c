// SPDX-License-Identifier: BSD-2-Clause
// The ELF entry point.

#include "crt.h"

_Noreturn void _start(const cloudabi_auxv_t *auxv);

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    CRT_OUTERMOST();
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    __crt_bind(info.vdso);
    __crt_start(&info);
}

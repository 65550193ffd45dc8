// SPDX-License-Identifier: BSD-2-Clause
// The entry point: keeps the registers for the checks, then starts the program.

#include "runtime.h"

struct entry entry;
struct start start;
uintptr_t __stack_chk_guard;

__asm__(".text\n"
        ".globl _start\n"
        ".type _start, @function\n"
        "_start:\n"
        "mov %rdi, entry+0(%rip)\n"
        "mov %rsp, entry+8(%rip)\n"
        "mov %fs:0, %rax\n"
        "mov %rax, entry+16(%rip)\n"
        "pushf\n"
        "pop entry+24(%rip)\n"
        "stmxcsr entry+32(%rip)\n"
        "fnstcw entry+36(%rip)\n"
        "jmp begin\n"
        ".size _start, . - _start\n");

_Static_assert(offsetof(struct entry, x87) == 36, "used by assembly");

static void *pointer(const struct auxv *at) {
    return at->pointer;
}

WITHOUT_UNSAFE_STACK static void read_auxv(const struct auxv *at) {
    start.page_size = 1;
    start.ncpus = 1;
    start.tid = 1;
    for (; at->type != AUX_NULL; ++at) {
        if (at->type >= AUX_ARGDATA && at->type <= AUX_PID)
            ++start.seen[at->type - AUX_ARGDATA];
        else if (at->type >= AUX_PHDR && at->type <= AUX_BASE)
            ++start.seen[8 + at->type - AUX_PHDR];
        switch (at->type) {
        case AUX_PHDR:
            start.phdr = pointer(at);
            break;
        case AUX_PHNUM:
            start.phnum = at->value;
            break;
        case AUX_PAGESZ:
            start.page_size = at->value;
            break;
        case AUX_BASE:
            start.base = pointer(at);
            break;
        case AUX_ARGDATA:
            start.argdata = pointer(at);
            break;
        case AUX_ARGDATALEN:
            start.argdata_len = at->value;
            break;
        case AUX_CANARY:
            start.canary = pointer(at);
            break;
        case AUX_CANARYLEN:
            start.canary_len = at->value;
            break;
        case AUX_NCPUS:
            start.ncpus = at->value;
            break;
        case AUX_TID:
            start.tid = (uint32_t)at->value;
            break;
        case AUX_SYSINFO_EHDR:
            start.vdso = pointer(at);
            break;
        case AUX_PID:
            start.pid = pointer(at);
            break;
        default:
            ++start.unknown;
        }
    }
}

// The first function in C: no stack but the system's, no relocations yet.
__attribute__((used)) WITHOUT_UNSAFE_STACK _Noreturn void begin(const struct auxv *auxv) {
    read_auxv(auxv);
    image_relocate();
    if (start.vdso != NULL)
        bind_calls(start.vdso);
    image_protect();
    threads_init();
    for (size_t i = 0; i < sizeof(__stack_chk_guard) && i < start.canary_len; ++i)
        ((unsigned char *)&__stack_chk_guard)[i] = start.canary[i];
    image_construct();
    program_main(start.argdata, start.argdata_len);
    cloudabi_sys_proc_exit(0);
}

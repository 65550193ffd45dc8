// SPDX-License-Identifier: BSD-2-Clause
// A program of the original's shape that is an implementation of the ABI itself: it loads a program
// of this tree's toolchain, and gives it a vector, a vDSO and calls of its own making. Its argument
// data is a sequence: the style, the guest's file, and the guest's argument data.

#include "host.h"

#define STACK ((size_t)8 << 20)

enum style style;

void tcb_set(struct tcb *tcb) {
    __asm__ volatile("mov %0, %%fs:0" : : "r"(tcb) : "memory");
}

void *allocate(size_t size) {
    void *memory;
    if (cloudabi_sys_mem_map(NULL, size, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, NO_FD, 0,
                             &memory) != 0)
        host_fail("no memory", "");
    return memory;
}

struct bytes {
    const unsigned char *at;
    size_t len;
};

// The next subfield of a sequence.
static struct bytes next(struct bytes *list) {
    struct bytes item = {NULL, 0};
    while (list->len > 0) {
        unsigned char byte = *list->at++;
        --list->len;
        item.len = item.len << 7 | (byte & 0x7f);
        if (byte >= 0x80)
            break;
    }
    if (item.len > list->len)
        host_fail("argument data", "");
    item.at = list->at;
    list->at += item.len;
    list->len -= item.len;
    return item;
}

// In no order, with types that nobody knows in between, and not all of them in the bare style.
static const struct auxv *make_vector(const struct guest *guest, struct bytes argdata,
                                      const void *vdso) {
    static struct auxv vector[24];
    struct auxv *at = vector;
    *at++ = (struct auxv){.type = 5000, .value = SIZE_MAX};
    *at++ = (struct auxv){.type = AUX_SYSINFO_EHDR, .pointer = (void *)(uintptr_t)vdso};
    *at++ = (struct auxv){.type = AUX_TID, .value = start.tid};
    *at++ = (struct auxv){.type = AUX_ARGDATALEN, .value = argdata.len};
    *at++ = (struct auxv){.type = AUX_ARGDATA, .pointer = (void *)(uintptr_t)argdata.at};
    *at++ = (struct auxv){.type = AUX_PAGESZ, .value = PAGE};
    *at++ = (struct auxv){.type = 1, .value = 1};
    *at++ = (struct auxv){.type = AUX_BASE, .pointer = guest->base};
    *at++ = (struct auxv){.type = AUX_PHNUM, .value = guest->header.e_phnum};
    *at++ = (struct auxv){.type = AUX_PHDR, .pointer = guest->base + guest->header.e_phoff};
    if (style != BARE) {
        *at++ = (struct auxv){.type = AUX_NCPUS, .value = start.ncpus};
        *at++ = (struct auxv){.type = AUX_CANARYLEN, .value = start.canary_len};
        *at++ = (struct auxv){.type = AUX_CANARY, .pointer = (void *)(uintptr_t)start.canary};
        *at++ = (struct auxv){.type = AUX_PID, .pointer = (void *)(uintptr_t)start.pid};
    }
    *at = (struct auxv){.type = AUX_NULL};
    return vector;
}

// All registers that the ABI says nothing of hold nonsense, and so does the stack.
_Noreturn void enter_guest(const struct auxv *auxv, uint64_t entry, void *stack_top);
__asm__(".text\n"
        "enter_guest:\n"
        "mov %rdx, %rsp\n"
        "mov %rsi, %rax\n"
        "mov $0x5a5a5a5a5a5a5a5a, %rcx\n"
        "mov %rcx, %rbx\n"
        "mov %rcx, %rdx\n"
        "mov %rcx, %rsi\n"
        "mov %rcx, %rbp\n"
        "mov %rcx, %r8\n"
        "mov %rcx, %r9\n"
        "mov %rcx, %r10\n"
        "mov %rcx, %r11\n"
        "mov %rcx, %r12\n"
        "mov %rcx, %r13\n"
        "mov %rcx, %r14\n"
        "mov %rcx, %r15\n"
        "push %rcx\n"
        "jmp *%rax\n");

void program_main(const unsigned char *argdata, size_t len) {
    struct bytes list = {argdata + 1, len - 1};
    if (len == 0 || argdata[0] != 7)
        host_fail("argument data", "");
    struct bytes which = next(&list), file = next(&list), arguments = next(&list);
    style = which.len > 1 ? (enum style)which.at[1] : KERNEL;
    uint32_t fd = (uint32_t)file.at[3] << 8 | file.at[4];
    struct guest guest = guest_load(fd);
    cloudabi_sys_fd_close(fd);

    static struct host_call calls[HOST_CALLS_MAX];
    const void *vdso = vdso_make(calls, host_calls(calls));
    static struct host_thread thread = {.magic = HOST_MAGIC};
    thread.host_tcb = tcb_get();
    thread.first.parent = &thread;
    char *stack = allocate(STACK);
    memset(stack + STACK - 65536, 0x5a, 65536);
    const struct auxv *vector = make_vector(&guest, arguments, vdso);
    tcb_set(&thread.first);
    enter_guest(vector, (uint64_t)guest.base + guest.header.e_entry, stack + STACK);
}

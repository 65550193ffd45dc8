// SPDX-License-Identifier: BSD-2-Clause
// What machine code finds in registers: at the start of a thread, and after a call.

#include "calls.h"

struct at_entry {
    uint64_t tid, argument, stack, flags;
    struct tcb *tcb;
    void *parent;
};
extern volatile struct at_entry at_entry; // not static: only assembly writes it
volatile struct at_entry at_entry;
static _Atomic(uint32_t) ended;

_Noreturn void thread_probe(uint32_t tid, void *argument);
__asm__(".text\n"
        "thread_probe:\n"
        "lea at_entry(%rip), %rax\n"
        "mov %rdi, (%rax)\n"
        "mov %rsi, 8(%rax)\n"
        "mov %rsp, 16(%rax)\n"
        "pushf\n"
        "pop 24(%rax)\n"
        "mov %fs:0, %rcx\n"
        "mov %rcx, 32(%rax)\n"
        "mov (%rcx), %rcx\n"
        "mov %rcx, 40(%rax)\n"
        "jmp thread_probed\n");

__attribute__((used)) WITHOUT_UNSAFE_STACK static _Noreturn void thread_probed(uint32_t tid) {
    uint32_t unknown = BOGUS;
    atomic_compare_exchange_strong(&ended, &unknown, WRLOCKED | tid);
    cloudabi_sys_thread_exit(&ended, SCOPE_PRIVATE);
}

static void start_of_a_thread(void) {
    char *memory = NULL;
    uint32_t tid = 0, unknown = BOGUS;
    const size_t size = (size_t)16 << 10;
    cloudabi_sys_mem_map(NULL, size, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, NO_FD, 0,
                         (void **)&memory);
    // Any region will do.
    struct threadattr attr = {.entry = thread_probe,
                              .stack = memory + 1,
                              .stack_len = size - 4,
                              .argument = (void *)0x1234567890abcdef};
    ended = BOGUS;
    check_equal(cloudabi_sys_thread_create(&attr, &tid), 0, "thread_create on any bytes");
    atomic_compare_exchange_strong(&ended, &unknown, WRLOCKED | tid);
    lock_read(&ended);
    check(at_entry.tid == tid && tid > 1 && tid < UINT32_C(1) << 30, "rdi is the number");
    check_equal(at_entry.argument, 0x1234567890abcdef, "rsi is the argument");
    check((at_entry.stack + 8) % 16 == 0 && at_entry.stack >= (uintptr_t)memory &&
              at_entry.stack <= (uintptr_t)memory + size - 4,
          "rsp + 8 is a multiple of 16, in the stack");
    check((at_entry.flags & 0x40500) == 0, "the direction flag is clear");
    check(at_entry.tcb != NULL && at_entry.parent != NULL && at_entry.tcb != tcb_get() &&
              at_entry.parent != tcb_get()->parent,
          "%fs:0 leads to a TCB of the thread's own");
    cloudabi_sys_mem_unmap(memory, size);
}

// kept(function, three arguments): whether it left the registers alone that it had to.
bool kept(void *function, const void *first, const void *second, const void *third);
__asm__(".text\n"
        "kept:\n"
        "push %rbx\npush %rbp\npush %r12\npush %r13\npush %r14\npush %r15\n"
        "mov %rsp, saved_stack(%rip)\n"
        "sub $8, %rsp\n"
        "stmxcsr (%rsp)\n"
        "fnstcw 4(%rsp)\n"
        "mov %rdi, %rax\n"
        "mov %rsi, %rdi\nmov %rdx, %rsi\nmov %rcx, %rdx\n"
        "mov $0x11111111, %ebx\nmov $0x22222222, %ebp\nmov $0x33333333, %r12d\n"
        "mov $0x44444444, %r13d\nmov $0x55555555, %r14d\nmov $0x66666666, %r15d\n"
        "call *%rax\n"
        "xor %eax, %eax\n"
        "cmp $0x11111111, %rbx\njne 1f\ncmp $0x22222222, %rbp\njne 1f\n"
        "cmp $0x33333333, %r12\njne 1f\ncmp $0x44444444, %r13\njne 1f\n"
        "cmp $0x55555555, %r14\njne 1f\ncmp $0x66666666, %r15\njne 1f\n"
        "lea 8(%rsp), %rcx\n"
        "cmp %rcx, saved_stack(%rip)\njne 1f\n"
        "sub $8, %rsp\nstmxcsr (%rsp)\nfnstcw 4(%rsp)\npop %rcx\n"
        "xor (%rsp), %ecx\nand $0xffffffc0, %ecx\njnz 1f\n"
        "pushf\npop %rcx\n"
        "test $0x400, %ecx\njnz 1f\n"
        "inc %eax\n"
        "1: mov saved_stack(%rip), %rsp\n"
        "pop %r15\npop %r14\npop %r13\npop %r12\npop %rbp\npop %rbx\n"
        "ret\n"
        ".local saved_stack\n.comm saved_stack, 8, 8\n");

static void after_calls(void) {
    uint64_t time;
    struct fdstat stat;
    uint32_t fd = 0, tid;
    size_t n;
    struct event event;
#define FUNCTION(name) find_symbol(start.vdso, "cloudabi_sys_" name)
    check(kept(FUNCTION("clock_time_get"), (void *)CLOCK_MONOTONIC, NULL, &time),
          "clock_time_get keeps what a function has to");
    check(kept(FUNCTION("fd_stat_get"), NULL, &stat, NULL), "fd_stat_get does");
    check(kept(FUNCTION("fd_stat_get"), (void *)12345, &stat, NULL), "and when it fails");
    check(kept(FUNCTION("random_get"), &time, (void *)sizeof(time), NULL), "random_get does");
    check(kept(FUNCTION("thread_yield"), NULL, NULL, NULL), "thread_yield does");
    struct vec nothing = {NULL, 0};
    check(kept(FUNCTION("fd_read"), (void *)12345, &nothing, (void *)1), "fd_read does");
    bool kept_by_fork = kept(FUNCTION("proc_fork"), &fd, &tid, NULL);
    if (fd == CHILD)
        cloudabi_sys_proc_exit(kept_by_fork ? 3 : 4);
    struct subscription end = {.type = EVENT_PROC_TERMINATE, .fd = {.fd = fd}};
    event.terminate.exitcode = 0;
    cloudabi_sys_poll(&end, &event, 1, &n);
    check(kept_by_fork, "proc_fork does, in the parent");
    check_equal(event.terminate.exitcode, 3, "and in the child");
    cloudabi_sys_fd_close(fd);
}

void calls_registers(void) {
    start_of_a_thread();
    after_calls();
}

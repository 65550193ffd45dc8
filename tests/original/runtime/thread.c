// SPDX-License-Identifier: BSD-2-Clause
// Threads: one block of memory each, with the stack, the unsafe stack, and TLS, behind which the
// TCB lies. Whoever joins a thread unmaps the block at once.

#include "runtime.h"

#define STACK ((size_t)64 << 10)

_Thread_local void *__safestack_unsafe_stack_ptr __attribute__((tls_model("initial-exec")));
static _Thread_local struct thread *self;
static _Thread_local uint32_t tid;

WITHOUT_UNSAFE_STACK struct tcb *tcb_get(void) {
    struct tcb *tcb;
    __asm__ volatile("mov %%fs:0, %0" : "=r"(tcb));
    return tcb;
}

WITHOUT_UNSAFE_STACK static size_t tls_size(const Elf64_Phdr *tls) {
    return tls == NULL ? 0 : (tls->p_memsz + tls->p_align - 1) & ~(tls->p_align - 1);
}

WITHOUT_UNSAFE_STACK static size_t block_size(void) {
    const Elf64_Phdr *tls = image_segment(PT_TLS);
    return 2 * STACK + ((tls_size(tls) + sizeof(struct tcb) + PAGE - 1) & ~(size_t)(PAGE - 1));
}

// From the lower end: stack, unsafe stack, TLS and TCB up to the block's end.
WITHOUT_UNSAFE_STACK static struct tcb *block_make(char **memory) {
    if (cloudabi_sys_mem_map(NULL, block_size(), PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE,
                             NO_FD, 0, (void **)memory) != 0)
        return NULL;
    const Elf64_Phdr *tls = image_segment(PT_TLS);
    char *data = *memory + 2 * STACK;
    if (tls != NULL)
        memcpy(data, start.base + tls->p_vaddr, tls->p_filesz);
    return (struct tcb *)(data + tls_size(tls));
}

WITHOUT_UNSAFE_STACK static void block_use(char *memory, struct tcb *tcb) {
    *tcb = *tcb_get();
    __asm__ volatile("mov %0, %%fs:0" : : "r"(tcb) : "memory");
    __safestack_unsafe_stack_ptr = memory + 2 * STACK;
}

WITHOUT_UNSAFE_STACK void threads_init(void) {
    char *memory;
    struct tcb *tcb = block_make(&memory);
    if (tcb == NULL)
        __builtin_trap();
    block_use(memory, tcb);
    tid = start.tid;
}

uint32_t thread_self(void) {
    return tid;
}

WITHOUT_UNSAFE_STACK static void join_known(struct thread *thread, uint32_t its_tid) {
    uint32_t unknown = BOGUS;
    atomic_compare_exchange_strong(&thread->join, &unknown, WRLOCKED | its_tid);
}

WITHOUT_UNSAFE_STACK static void begin_thread(uint32_t its_tid, void *argument) {
    struct thread *thread = argument;
    join_known(thread, its_tid);
    block_use(thread->memory, thread->tcb);
    self = thread;
    tid = its_tid;
    thread->tid = its_tid;
    thread->run(thread->argument);
    cloudabi_sys_thread_exit(&thread->join, SCOPE_PRIVATE);
}

bool thread_start(struct thread *thread, void (*run)(void *), void *argument) {
    *thread = (struct thread){.join = BOGUS, .run = run, .argument = argument};
    thread->tcb = block_make(&thread->memory);
    struct threadattr attr = {
        .entry = begin_thread, .stack = thread->memory, .stack_len = STACK, .argument = thread};
    uint32_t its_tid;
    if (thread->tcb == NULL || cloudabi_sys_thread_create(&attr, &its_tid) != 0)
        return false;
    join_known(thread, its_tid);
    return true;
}

void thread_join(struct thread *thread) {
    lock_read(&thread->join);
    cloudabi_sys_mem_unmap(thread->memory, block_size());
}

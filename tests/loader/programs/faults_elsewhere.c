// SPDX-License-Identifier: BSD-2-Clause
// FAULT in threads, children and after exec; what a fault of the program's own does; registers.
#include <stdatomic.h>

#include "helpers.h"

#define PAGE 4096
#define RW (CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE)
#define PRIVATE CLOUDABI_SCOPE_PRIVATE
#define THREADS 4
#define ROUNDS 2000

static _Atomic(uint32_t) faults, ended;
static _Atomic(cloudabi_lock_t) no_lock;
static char stacks[THREADS][16384] __attribute__((aligned(16)));

static bool faults_here(void) {
    return cloudabi_sys_clock_time_get(CLOUDABI_CLOCK_MONOTONIC, 0, NULL) == CLOUDABI_EFAULT;
}

static void fault_often(cloudabi_tid_t tid, void *argument) {
    (void)tid, (void)argument;
    for (int i = 0; i < ROUNDS; ++i)
        faults += faults_here();
    ++ended;
    cloudabi_sys_thread_exit(&no_lock, PRIVATE);
}

static void in_threads(void) {
    for (int i = 0; i < THREADS; ++i) {
        cloudabi_threadattr_t attr = {fault_often, stacks[i], sizeof(stacks[i]), NULL};
        cloudabi_tid_t tid;
        if (cloudabi_sys_thread_create(&attr, &tid) != 0)
            check(false, "thread_create");
    }
    while (ended != THREADS)
        sleep_ms(5);
    check_equal(faults, THREADS * ROUNDS, "each of 8000 faults in four threads at once");
}

static cloudabi_event_t in_child(void (*function)(void)) {
    cloudabi_fd_t fd = UINT32_MAX - 1;
    cloudabi_tid_t tid;
    if (cloudabi_sys_proc_fork(&fd, &tid) != 0)
        check(false, "proc_fork");
    if (fd == CLOUDABI_PROCESS_CHILD) {
        function();
        cloudabi_sys_proc_exit(99);
    }
    cloudabi_event_t event = wait_process(fd);
    cloudabi_sys_fd_close(fd);
    return event;
}

static bool exits_with_0(void (*function)(void)) {
    cloudabi_event_t event = in_child(function);
    return event.proc_terminate.signal == 0 && event.proc_terminate.exitcode == 0;
}

static bool dies_of(void (*function)(void), cloudabi_signal_t signal) {
    cloudabi_event_t event = in_child(function);
    return event.proc_terminate.signal == signal && event.proc_terminate.exitcode == 0;
}

static void fault_and_exit(void) {
    cloudabi_sys_proc_exit(faults_here() && faults_here() ? 0 : 1);
}

static void execute(void) {
    cloudabi_fd_t program, none = OUTPUT;
    open_at(LOOKUP(PROGRAMS), "loader_program_faults_elsewhere", 0,
            READING | CLOUDABI_RIGHT_PROC_EXEC, 0, &program);
    cloudabi_sys_proc_exec(program, "child", 5, &none, 1);
}

static void read_nothing(void) {
    (void)*(volatile char *)NULL;
}

static void jump_to_nothing(void) {
    void (*volatile nothing)(void) = NULL;
    nothing();
}

static void read_beyond_file(void) {
    cloudabi_fd_t memory;
    void *page;
    cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, &memory);
    cloudabi_sys_mem_map(NULL, PAGE, RW, CLOUDABI_MAP_SHARED, memory, 0, &page);
    (void)*(volatile char *)page;
}

static void fault_first(void) {
    faults_here();
    read_nothing();
}

static void fault_in_thread(cloudabi_tid_t tid, void *argument) {
    (void)tid, (void)argument;
    read_nothing();
}

static void die_in_thread(void) {
    cloudabi_threadattr_t attr = {fault_in_thread, stacks[0], sizeof(stacks[0]), NULL};
    cloudabi_tid_t tid;
    cloudabi_sys_thread_create(&attr, &tid);
    sleep_ms(10000);
}

// With nothing below the stack pointer that could take the signal's frame.
static void overflow(void) {
    __asm__ volatile("xor %%esp, %%esp\n\tpush %%rax" ::: "memory");
}

static void raise_segv(void) {
    cloudabi_sys_proc_raise(CLOUDABI_SIGSEGV);
}

static void raise_bus(void) {
    cloudabi_sys_proc_raise(CLOUDABI_SIGBUS);
}

static void exit_with_bad_lock(void) {
    cloudabi_sys_thread_exit(NULL, PRIVATE);
}

// A call may not change these, FAULT or not, and a signal resets two of them.
static bool keeps_registers(void) {
    uint32_t mxcsr = 0xff80, after = 0;
    uint16_t word = 0x0e7f, word_after = 0;
    uint64_t error, good;
    __asm__ volatile("ldmxcsr %[mxcsr]\n\t"
                     "fldcw %[word]\n\t"
                     "mov $11, %%rbx\n\tmov $12, %%r12\n\tmov $13, %%r13\n\t"
                     "mov $14, %%r14\n\tmov $15, %%r15\n\t"
                     "push %%rbp\n\tmov $10, %%rbp\n\t"
                     "mov $1, %%edi\n\txor %%esi, %%esi\n\txor %%edx, %%edx\n\t"
                     "call cloudabi_sys_clock_time_get\n\t"
                     "movzwl %%ax, %%eax\n\t"
                     "lea -10(%%rbp), %%rdx\n\tpop %%rbp\n\t"
                     "lea -11(%%rbx), %%rcx\n\tor %%rcx, %%rdx\n\t"
                     "lea -12(%%r12), %%rcx\n\tor %%rcx, %%rdx\n\t"
                     "lea -13(%%r13), %%rcx\n\tor %%rcx, %%rdx\n\t"
                     "lea -14(%%r14), %%rcx\n\tor %%rcx, %%rdx\n\t"
                     "lea -15(%%r15), %%rcx\n\tor %%rcx, %%rdx\n\t"
                     : "=a"(error), "=d"(good)
                     : [mxcsr] "m"(mxcsr), [word] "m"(word)
                     : "rbx", "rcx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
                       "r15", "memory");
    __asm__ volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(after), "=m"(word_after));
    uint32_t usual = 0x1f80;
    __asm__ volatile("ldmxcsr %0\n\tfninit" ::"m"(usual));
    return error == CLOUDABI_EFAULT && good == 0 && after == mxcsr && word_after == word;
}

void test(const cloudabi_auxv_t *auxv) {
    if (auxv_find(auxv, CLOUDABI_AT_ARGDATALEN)->a_val == 5)
        fault_and_exit();
    check(faults_here(), "FAULT");
    check(keeps_registers(), "what a function must keep is kept: registers, control words");
    in_threads();
    check(exits_with_0(fault_and_exit), "FAULT in a child");
    check(exits_with_0(execute), "FAULT after exec");
    check(exits_with_0(exit_with_bad_lock), "thread_exit: a bad lock ends the thread all the same");
    check(dies_of(read_nothing, CLOUDABI_SIGSEGV), "a fault of the program is SEGV");
    check(dies_of(jump_to_nothing, CLOUDABI_SIGSEGV), "a jump to nothing too");
    check(dies_of(fault_first, CLOUDABI_SIGSEGV), "also after FAULT");
    check(dies_of(die_in_thread, CLOUDABI_SIGSEGV), "and in another thread");
    check(dies_of(read_beyond_file, CLOUDABI_SIGBUS), "beyond the end of a file it is BUS");
    check(dies_of(overflow, CLOUDABI_SIGSEGV), "without a stack it is SEGV");
    check(dies_of(raise_segv, CLOUDABI_SIGSEGV), "proc_raise SEGV");
    check(dies_of(raise_bus, CLOUDABI_SIGBUS), "proc_raise BUS");
}

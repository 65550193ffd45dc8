// SPDX-License-Identifier: BSD-2-Clause
// Has the kernel run each filter. Its comparisons stay; of its answers each becomes an error of its
// own, so that no call does anything, whatever its arguments. The process under it can do nothing
// more either: it leaves what it was told in shared memory and ends by an illegal instruction.
#include <linux/audit.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compare.h"
#include "inputs.h"
#include "machine.h"

enum { SAMPLE = 1000000, MARK = 1000 };

struct sample {
    size_t count;
    bool done;
    struct seccomp_data data[SAMPLE];
    int16_t results[SAMPLE];
};

// uretprobe and uprobe: the kernel lets its own trampolines make them past every filter, and ends
// with this signal whoever else does.
static bool past_filters(const struct seccomp_data *data) {
    return data->arch == AUDIT_ARCH_X86_64 && (data->nr == 335 || data->nr == 336);
}

// One of three boundary inputs, which fill half of the sample.
struct choice {
    struct sample *sample;
    bool foreign; // i386, too, by its own entry to the kernel
    size_t seen;
};

static void choose(const struct seccomp_data *data, void *context) {
    struct choice *choice = context;
    bool native = data->arch == AUDIT_ARCH_X86_64;
    if (past_filters(data) || (!native && !(choice->foreign && data->arch == AUDIT_ARCH_I386)))
        return;
    if (choice->seen++ % 3 == 0 && choice->sample->count < SAMPLE / 2)
        choice->sample->data[choice->sample->count++] = *data;
}

static long call64(const struct seccomp_data *data) {
    register long r10 __asm__("r10") = (long)data->args[3];
    register long r8 __asm__("r8") = (long)data->args[4];
    register long r9 __asm__("r9") = (long)data->args[5];
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "0"((long)data->nr), "D"(data->args[0]), "S"(data->args[1]),
                       "d"(data->args[2]), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

// The first two arguments are enough: it is refused by its architecture.
static long call32(const struct seccomp_data *data) {
    long result;
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "0"((long)data->nr), "b"(data->args[0]), "c"(data->args[1])
                     : "r8", "r9", "r10", "r11", "memory");
    return result;
}

static void install(const struct program *program) {
    static struct sock_filter code[BPF_MAXINSNS];
    memcpy(code, program->code, program->length * sizeof *code);
    for (size_t i = 0; i < program->length; i++)
        if (BPF_CLASS(code[i].code) == BPF_RET)
            code[i].k = SECCOMP_RET_ERRNO | (MARK + (uint32_t)kind_of(code[i].k));
    struct sock_fprog filter = {(unsigned short)program->length, code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
        _exit(1);
}

static bool in_child(const struct program *program, struct sample *sample) {
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        if (program != NULL)
            install(program);
        for (size_t i = 0; i < sample->count; i++) {
            const struct seccomp_data *data = &sample->data[i];
            sample->results[i] =
                (int16_t)(data->arch == AUDIT_ARCH_X86_64 ? call64(data) : call32(data));
        }
        sample->done = true;
        __builtin_trap();
    }
    int status;
    return pid > 0 && waitpid(pid, &status, 0) == pid && sample->done && WIFSIGNALED(status) &&
           WTERMSIG(status) == SIGILL;
}

// Whether this kernel has the i386 entry at all. 20 is getpid there.
static bool has_foreign(struct sample *sample) {
    sample->count = 1;
    sample->data[0] = (struct seccomp_data){.nr = 20, .arch = AUDIT_ARCH_I386};
    return in_child(NULL, sample);
}

static bool judge(const struct program *program, const struct sample *sample) {
    size_t wrong = 0, counts[KINDS] = {0};
    for (size_t i = 0; i < sample->count; i++) {
        size_t want = kind_of(machine_run(program->code, &sample->data[i], NULL));
        counts[want]++;
        if (-sample->results[i] != MARK + (int)want && wrong++ < 10)
            printf("not ok %s: call %#x: the kernel says %d, not %zu\n", program->name,
                   (unsigned)sample->data[i].nr, -sample->results[i] - MARK, want);
    }
    printf("%s: %zu calls answered by the kernel:", program->name, sample->count);
    for (size_t k = 0; k < KINDS; k++)
        printf(" %zu %s%s", counts[k], kinds[k], k + 1 < KINDS ? "," : "\n");
    return wrong == 0;
}

bool kernel_all(void) {
    struct sample *sample =
        mmap(NULL, sizeof *sample, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (sample == MAP_FAILED)
        abort();
    struct choice choice = {sample, has_foreign(sample), 0};
    if (!choice.foreign)
        printf("no calls of i386: this kernel has none\n");
    sample->count = 0;
    inputs_boundary(choose, &choice);
    struct inputs_random random = {.state = 99};
    while (sample->count < SAMPLE) {
        struct seccomp_data *data = &sample->data[sample->count];
        inputs_random(&random, data);
        sample->count += data->arch == AUDIT_ARCH_X86_64 && !past_filters(data);
    }
    bool right = true;
    for (size_t p = 0; p < PROGRAMS; p++) {
        sample->done = false;
        if (!in_child(&programs[p], sample)) {
            printf("not ok %s: the process under it ended early\n", programs[p].name);
            right = false;
        } else {
            right = judge(&programs[p], sample) && right;
        }
    }
    return right;
}

// SPDX-License-Identifier: BSD-2-Clause
// What the parts of the loader and vDSO share. Nothing here is exported.
#ifndef LOADER_LOADER_H
#define LOADER_LOADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cloudabi_rights.h>
#include <cloudabi_syscalls.h>
#include <cloudabi_types.h>

#include "linux.h"

// Marks the functions that programs bind to.
#define EXPORT __attribute__((visibility("default")))

#define PAGE_SIZE UINT64_C(4096)
#define NSEC_PER_SEC UINT64_C(1000000000)

// string.c: also what the compiler calls by itself.
void *memcpy(void *restrict to, const void *restrict from, size_t len);
void *memmove(void *to, const void *from, size_t len);
void *memset(void *to, int byte, size_t len);
int memcmp(const void *a, const void *b, size_t len);
size_t strlen(const char *s);

// errno.c: from a Linux result (-errno, or anything >= 0 for success).
cloudabi_errno_t errno_from_failure(linux_result result);
static inline cloudabi_errno_t errno_from_linux(linux_result result) {
    return result >= 0 ? CLOUDABI_ESUCCESS : errno_from_failure(result);
}

// mutex.c: a lock for the vDSO's own data, of any thread. Never held across a call that can block
// for long.
struct mutex {
    _Atomic(uint32_t) state;
};
void mutex_lock(struct mutex *mutex);
void mutex_unlock(struct mutex *mutex);
// Waits until *word is no longer value, or the moment (null: never) of the clock has come.
// Returns 0 or -ETIMEDOUT; may also return 0 for no reason.
linux_result futex_wait(_Atomic(uint32_t) *word, uint32_t value, bool realtime,
                        const struct __kernel_timespec *moment);
void futex_wake(_Atomic(uint32_t) *word, uint32_t count);

// clock.c
void clock_init(const void *vdso); // the host's, or null
bool clock_id_to_linux(cloudabi_clockid_t id, int *out);
uint64_t clock_now(int linux_clock);
struct __kernel_timespec timespec_from_ns(uint64_t ns);

// random.c: fills completely.
cloudabi_errno_t random_fill(void *buf, size_t len);

// start.S: %fs:0 and the rest of a program's way in.
_Noreturn void enter_program(uint64_t entry, const cloudabi_auxv_t *auxv, void *stack_top);

// memory.c: zeroed, readable and writable pages, or null.
void *pages_alloc(size_t len);
void pages_free(void *pages, size_t len);

// program_name is argv[0] as the starter gave it; loader_fd is this image, for proc_exec; exit_fd
// is where the exit code goes, or -1; keeper is a HANDOVER_KEEPER_*.
struct state {
    const char *program_name;
    int loader_fd, exit_fd;
    uint32_t keeper;
};
extern struct state state;

#endif

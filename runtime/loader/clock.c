// SPDX-License-Identifier: BSD-2-Clause
// clock_res_get and clock_time_get, through the host's own vDSO where it has one.

#include <elf.h>

#include "user.h"

typedef int clock_function(int, struct __kernel_timespec *);

_Static_assert(sizeof(cloudabi_timespec_t) == sizeof(struct __kernel_timespec) &&
                   offsetof(cloudabi_timespec_t, sec) ==
                       offsetof(struct __kernel_timespec, tv_sec) &&
                   offsetof(cloudabi_timespec_t, nsec) ==
                       offsetof(struct __kernel_timespec, tv_nsec),
               "same layout");

static const void *host_vdso;
// At first one that finds out which it is: a program that asks for no time should not pay for it.
static clock_function *host_gettime;

static bool name_is(const char *name, const char *wanted) {
    size_t len = strlen(wanted);
    return memcmp(name, wanted, len + 1) == 0;
}

static int call_gettime(int clock, struct __kernel_timespec *ts) {
    return (int)LINUX(clock_gettime, clock, ts);
}

static clock_function *find_gettime(void) {
    if (host_vdso == NULL)
        return call_gettime;
    const char *base = host_vdso;
    const Elf64_Ehdr *header = host_vdso;
    const Elf64_Phdr *phdrs = (const Elf64_Phdr *)(base + header->e_phoff);
    const Elf64_Dyn *dynamic = NULL;
    for (unsigned i = 0; i < header->e_phnum; ++i) {
        if (phdrs[i].p_type == PT_LOAD)
            base = (const char *)host_vdso - phdrs[i].p_vaddr + phdrs[i].p_offset;
        if (phdrs[i].p_type == PT_DYNAMIC)
            dynamic = (const Elf64_Dyn *)((const char *)host_vdso + phdrs[i].p_offset);
    }
    if (dynamic == NULL)
        return call_gettime;
    const char *strings = NULL;
    const Elf64_Sym *symbols = NULL;
    for (; dynamic->d_tag != DT_NULL; ++dynamic) {
        if (dynamic->d_tag == DT_STRTAB)
            strings = base + dynamic->d_un.d_ptr;
        if (dynamic->d_tag == DT_SYMTAB)
            symbols = (const Elf64_Sym *)(base + dynamic->d_un.d_ptr);
    }
    if (strings == NULL || symbols == NULL)
        return call_gettime;
    // Newer hosts have no DT_HASH; their string table follows the symbol table at once.
    for (const Elf64_Sym *symbol = symbols; (const char *)(symbol + 1) <= strings; ++symbol) {
        if (symbol->st_shndx != SHN_UNDEF &&
            name_is(strings + symbol->st_name, "__vdso_clock_gettime"))
            return (clock_function *)(uintptr_t)(base + symbol->st_value);
    }
    return call_gettime;
}

static int first_gettime(int clock, struct __kernel_timespec *ts) {
    clock_function *found = find_gettime();
    __atomic_store_n(&host_gettime, found, __ATOMIC_RELAXED);
    return found(clock, ts);
}

void clock_init(const void *vdso) {
    host_vdso = vdso;
    host_gettime = first_gettime;
}

bool clock_id_to_linux(cloudabi_clockid_t id, int *out) {
    switch (id) {
    case CLOUDABI_CLOCK_MONOTONIC:
        *out = CLOCK_MONOTONIC;
        return true;
    case CLOUDABI_CLOCK_PROCESS_CPUTIME_ID:
        *out = CLOCK_PROCESS_CPUTIME_ID;
        return true;
    case CLOUDABI_CLOCK_REALTIME:
        *out = CLOCK_REALTIME;
        return true;
    case CLOUDABI_CLOCK_THREAD_CPUTIME_ID:
        *out = CLOCK_THREAD_CPUTIME_ID;
        return true;
    default:
        return false;
    }
}

static uint64_t ns_from_timespec(const struct __kernel_timespec *ts) {
    return (uint64_t)ts->tv_sec * NSEC_PER_SEC + (uint64_t)ts->tv_nsec;
}

struct __kernel_timespec timespec_from_ns(uint64_t ns) {
    return (struct __kernel_timespec){
        .tv_sec = (__kernel_time64_t)(ns / NSEC_PER_SEC),
        .tv_nsec = (long long)(ns % NSEC_PER_SEC),
    };
}

static linux_result gettime(int clock, struct __kernel_timespec *ts) {
    return __atomic_load_n(&host_gettime, __ATOMIC_RELAXED)(clock, ts);
}

uint64_t clock_now(int linux_clock) {
    struct __kernel_timespec ts = {0};
    gettime(linux_clock, &ts);
    return ns_from_timespec(&ts);
}

EXPORT cloudabi_errno_t cloudabi_sys_clock_res_get(cloudabi_clockid_t clock_id,
                                                   cloudabi_timestamp_t *resolution) {
    int clock;
    if (!clock_id_to_linux(clock_id, &clock))
        return CLOUDABI_EINVAL;
    struct __kernel_timespec ts;
    linux_result result = LINUX(clock_getres, clock, &ts);
    if (result < 0)
        return errno_from_linux(result);
    return user_put64(resolution, ns_from_timespec(&ts)) ? CLOUDABI_ESUCCESS : CLOUDABI_EFAULT;
}

EXPORT cloudabi_errno_t cloudabi_sys_clock_time_get(cloudabi_clockid_t clock_id,
                                                    cloudabi_timestamp_t precision,
                                                    cloudabi_timestamp_t *time) {
    (void)precision; // a hint; every clock here is fast enough to be read exactly
    int clock;
    if (!clock_id_to_linux(clock_id, &clock))
        return CLOUDABI_EINVAL;
    struct __kernel_timespec ts;
    linux_result result = gettime(clock, &ts);
    if (result < 0)
        return errno_from_linux(result);
    return user_put64(time, ns_from_timespec(&ts)) ? CLOUDABI_ESUCCESS : CLOUDABI_EFAULT;
}

// The host's function writes to the program's memory here, and where that faults nothing can be
// caught: how its stack looks then is not known. So both places are tried before.
EXPORT cloudabi_errno_t cloudabi_sys_clock_timespec_get(cloudabi_clockid_t clock_id,
                                                        cloudabi_timespec_t *time) {
    int clock;
    if (!clock_id_to_linux(clock_id, &clock))
        return CLOUDABI_EINVAL;
    if (!user_put64((uint64_t *)&time->sec, 0) || !user_put64((uint64_t *)&time->nsec, 0))
        return CLOUDABI_EFAULT;
    return errno_from_linux(gettime(clock, (struct __kernel_timespec *)time));
}

// SPDX-License-Identifier: BSD-2-Clause
// The program headers describe the running program.

#define _GNU_SOURCE
#include <link.h>
#include <pthread.h>

#include "check.h"

static _Thread_local int local = 1;
static const char constant[] = "constant";

struct found {
    int calls;
    bool code, constant, dynamic, tls;
};

static bool inside(const struct dl_phdr_info *info, const ElfW(Phdr) * phdr, uintptr_t address) {
    return address - info->dlpi_addr - phdr->p_vaddr < phdr->p_memsz;
}

static int look(struct dl_phdr_info *info, size_t size, void *data) {
    struct found *found = data;
    ++found->calls;
    for (int i = 0; size >= sizeof(*info) && i < info->dlpi_phnum; ++i) {
        const ElfW(Phdr) *phdr = &info->dlpi_phdr[i];
        if (phdr->p_type == PT_LOAD && phdr->p_flags & PF_X)
            found->code |= inside(info, phdr, (uintptr_t)look);
        if (phdr->p_type == PT_LOAD && phdr->p_flags == PF_R)
            found->constant |= inside(info, phdr, (uintptr_t)constant);
        if (phdr->p_type == PT_DYNAMIC)
            found->dynamic = true;
        if (phdr->p_type == PT_TLS)
            found->tls = (uintptr_t)&local - (uintptr_t)info->dlpi_tls_data < phdr->p_memsz;
    }
    return 5;
}

static void *in_thread(void *data) {
    return dl_iterate_phdr(look, data) == 5 ? data : NULL;
}

static void check(struct check *t, const struct found *found) {
    CHECK_INT(t, found->calls, 1);
    CHECK(t, found->code);
    CHECK(t, found->constant);
    CHECK(t, found->dynamic);
    CHECK(t, found->tls);
}

static void itself(struct check *t) {
    struct found found = {0};
    CHECK_INT(t, dl_iterate_phdr(look, &found), 5);
    check(t, &found);
}

static void in_another_thread(struct check *t) {
    struct found found = {0};
    pthread_t thread;
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, in_thread, &found) == 0);
    CHECK_INT(t, pthread_join(thread, NULL), 0);
    check(t, &found);
}

#define TESTS(X)                                                                                   \
    X(itself)                                                                                      \
    X(in_another_thread)
CHECK_MAIN(TESTS)

// SPDX-License-Identifier: BSD-2-Clause
// What a program can find out about the system, and about itself.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <sys/auxv.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "check.h"

static void the_system(struct check *t) {
    struct utsname name;
    memset(&name, 'x', sizeof(name));
    CHECK_INT(t, uname(&name), 0);
    CHECK_STR(t, name.sysname, "CloudABI");
#ifdef __x86_64__
    CHECK_STR(t, name.machine, "x86_64");
#endif
    CHECK_STR(t, name.nodename, "");
    CHECK_STR(t, name.domainname, "");
}

static int compare_headers(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    struct check *t = data;
    CHECK_INT(t, getauxval(AT_PHDR), (uintptr_t)info->dlpi_phdr);
    CHECK_INT(t, getauxval(AT_PHNUM), info->dlpi_phnum);
    return 1;
}

static void auxiliary_values(struct check *t) {
    CHECK_INT(t, dl_iterate_phdr(compare_headers, t), 1);
    CHECK_INT(t, getauxval(AT_PHENT), sizeof(ElfW(Phdr)));
    CHECK_INT(t, getauxval(AT_PAGESZ), sysconf(_SC_PAGESIZE));
    errno = 0;
    CHECK_INT(t, getauxval(AT_SECURE), 0);
    CHECK_INT(t, errno, 0);
    CHECK_INT(t, getauxval(AT_EXECFN), 0);
    CHECK_INT(t, errno, ENOENT);
}

static void addresses(struct check *t) {
    static int object;
    Dl_info info, other;
    CHECK(t, dladdr((void *)(uintptr_t)addresses, &info) != 0);
    CHECK(t, dladdr(&object, &other) != 0);
    CHECK(t, info.dli_fbase != NULL && info.dli_fbase == other.dli_fbase);
    CHECK(t, info.dli_fbase != NULL && memcmp(info.dli_fbase, ELFMAG, SELFMAG) == 0);
    CHECK(t, info.dli_sname == NULL && info.dli_saddr == NULL);
    CHECK_STR(t, info.dli_fname, "");
    int local;
    CHECK_INT(t, dladdr(&local, &info), 0);
    CHECK_INT(t, dladdr(NULL, &info), 0);
}

#define TESTS(X) X(the_system) X(auxiliary_values) X(addresses)
CHECK_MAIN(TESTS)

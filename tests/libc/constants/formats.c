// SPDX-License-Identifier: BSD-2-Clause
// Formats of files, the language's own macros, and constants of small headers.

#define _GNU_SOURCE
#include <ar.h>
#include <assert.h>
#include <cpio.h>
#include <elf.h>
#include <fmtmsg.h>
#include <iso646.h>
#include <link.h>
#include <resolv.h>
#include <search.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdnoreturn.h>
#include <sysexits.h>
#include <tar.h>

#include "distinct.h"

static_assert(alignof(max_align_t) >= alignof(long long), "the strictest type is the strictest");

static void archives(struct check *t) {
    CHECK_INT(t, strlen(ARMAG), SARMAG);
    CHECK_INT(t, strlen(ARFMAG), sizeof(((struct ar_hdr *)0)->ar_fmag));
    CHECK_INT(t, sizeof(struct ar_hdr), 60);
    CHECK_INT(t, sizeof(TMAGIC), TMAGLEN);
    CHECK_INT(t, strlen(TVERSION), TVERSLEN);
    DISTINCT(t, NAMED(REGTYPE), NAMED(AREGTYPE), NAMED(LNKTYPE), NAMED(SYMTYPE), NAMED(CHRTYPE),
             NAMED(BLKTYPE), NAMED(DIRTYPE), NAMED(FIFOTYPE), NAMED(CONTTYPE));
    CHECK_STR(t, MAGIC, "070707");
    DISTINCT(t, NAMED(C_ISDIR), NAMED(C_ISFIFO), NAMED(C_ISREG), NAMED(C_ISBLK), NAMED(C_ISCHR),
             NAMED(C_ISCTG), NAMED(C_ISLNK), NAMED(C_ISSOCK));
}

// The program itself is a file in this format: its notes are in its headers.
static int look(struct dl_phdr_info *info, size_t size, void *loads) {
    (void)size;
    for (int i = 0; i < info->dlpi_phnum; ++i)
        *(int *)loads += info->dlpi_phdr[i].p_type == PT_LOAD;
    return 0;
}

static void programs(struct check *t) {
    CHECK_INT(t, sizeof(ElfW(Ehdr)), 64);
    CHECK_INT(t, sizeof(ElfW(Phdr)), 56);
    CHECK_INT(t, EI_NIDENT, sizeof(((ElfW(Ehdr) *)0)->e_ident));
    CHECK_INT(t, strlen(ELFMAG), SELFMAG);
    CHECK_INT(t, ELF64_R_TYPE(ELF64_R_INFO(5, R_X86_64_RELATIVE)), R_X86_64_RELATIVE);
    int loads = 0;
    CHECK_INT(t, dl_iterate_phdr(look, &loads), 0);
    CHECK(t, loads > 1);
}

static void exits(struct check *t) {
    DISTINCT(t, NAMED(EX_OK), NAMED(EX_USAGE), NAMED(EX_DATAERR), NAMED(EX_NOINPUT),
             NAMED(EX_NOUSER), NAMED(EX_NOHOST), NAMED(EX_UNAVAILABLE), NAMED(EX_SOFTWARE),
             NAMED(EX_OSERR), NAMED(EX_OSFILE), NAMED(EX_CANTCREAT), NAMED(EX_IOERR),
             NAMED(EX_TEMPFAIL), NAMED(EX_PROTOCOL), NAMED(EX_NOPERM), NAMED(EX_CONFIG));
    CHECK_INT(t, EX__BASE, EX_USAGE);
    CHECK_INT(t, EX__MAX, EX_CONFIG);
}

static void messages(struct check *t) {
    FLAGS(t, NAMED(MM_HARD), NAMED(MM_SOFT), NAMED(MM_FIRM), NAMED(MM_APPL), NAMED(MM_UTIL),
          NAMED(MM_OPSYS), NAMED(MM_RECOVER), NAMED(MM_NRECOV), NAMED(MM_PRINT), NAMED(MM_CONSOLE));
    DISTINCT(t, NAMED(MM_NOSEV), NAMED(MM_HALT), NAMED(MM_ERROR), NAMED(MM_WARNING),
             NAMED(MM_INFO));
    DISTINCT(t, NAMED(MM_OK), NAMED(MM_NOTOK), NAMED(MM_NOMSG), NAMED(MM_NOCON));
    CHECK_INT(t, MM_NULLSEV, MM_NOSEV);
    CHECK_INT(t, MM_NULLMC, 0);
    CHECK_INT(t, fmtmsg(MM_PRINT, MM_NULLLBL, MM_INFO, "text", MM_NULLACT, MM_NULLTAG), MM_OK);
    CHECK_INT(t, fmtmsg(MM_CONSOLE, MM_NULLLBL, MM_INFO, MM_NULLTXT, MM_NULLACT, MM_NULLTAG),
              MM_NOCON);
}

static int order(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

static int visits[4];

static void visit(const void *node, VISIT when, int depth) {
    (void)node;
    (void)depth;
    ++visits[when];
}

static void tables(struct check *t) {
    DISTINCT(t, NAMED(preorder), NAMED(postorder), NAMED(endorder), NAMED(leaf));
    static const int numbers[] = {2, 1, 3};
    void *root = NULL;
    for (size_t i = 0; i < 3; ++i)
        CHECK(t, tsearch(&numbers[i], &root, order) != NULL);
    twalk(root, visit);
    CHECK_INT(t, visits[preorder], 1);
    CHECK_INT(t, visits[postorder], 1);
    CHECK_INT(t, visits[endorder], 1);
    CHECK_INT(t, visits[leaf], 2);
    for (size_t i = 0; i < 3; ++i)
        tdelete(&numbers[i], &root, order);

    struct hsearch_data table = {0};
    ENTRY *found = NULL, entry = {.key = (char[]){"key"}, .data = &root};
    CHECK_REQUIRE(t, hcreate_r(4, &table) != 0);
    CHECK_INT(t, hsearch_r(entry, FIND, &found, &table), 0);
    CHECK(t, hsearch_r(entry, ENTER, &found, &table) != 0 && found != NULL);
    CHECK(t, hsearch_r(entry, FIND, &found, &table) != 0 && found->data == &root);
    hdestroy_r(&table);
}

static noreturn void leave(void) {
    exit(99);
}

static void language(struct check *t) {
    alignas(64) char aligned[1] = {0};
    CHECK_INT(t, (uintptr_t)aligned % 64, 0);
    bool yes = true, no = false;
    CHECK(t, (yes and not no) or (no bitor yes) xor yes);
    CHECK_INT(t, compl 0, -1);
    CHECK_INT(t, 6 bitand 3, 2);
    int value = 5;
    value and_eq 4;
    value or_eq 3;
    value xor_eq 1;
    CHECK(t, value not_eq 7);
    if (aligned[0] not_eq 0)
        leave();
    struct __res_state state;
    CHECK_INT(t, sizeof(state.nsaddr_list), MAXNS * sizeof(struct sockaddr_in));
    CHECK_INT(t, sizeof(state.dnsrch) / sizeof(state.dnsrch[0]), MAXDNSRCH + 1);
    CHECK_INT(t, sizeof(state.sort_list) / sizeof(state.sort_list[0]), MAXRESOLVSORT);
}

#define TESTS(X) X(archives) X(programs) X(exits) X(messages) X(tables) X(language)
CHECK_MAIN(TESTS)

// SPDX-License-Identifier: BSD-2-Clause
// The rights of <sys/capsicum.h>: which are single, and of which the others are made.

#include <argdata.h>
#include <sys/capsicum.h>

#include "../files.h"
#include "families.h"

static const struct named rights[] = {
    NAMED(CAP_ACCEPT),
    NAMED(CAP_CREATE),
    NAMED(CAP_EVENT),
    NAMED(CAP_FADVISE),
    NAMED(CAP_FALLOCATE),
    NAMED(CAP_FCNTL),
    NAMED(CAP_FDATASYNC),
    NAMED(CAP_FEXECVE),
    NAMED(CAP_FSTAT),
    NAMED(CAP_FSTATAT),
    NAMED(CAP_FSYNC),
    NAMED(CAP_FTRUNCATE),
    NAMED(CAP_FUTIMES),
    NAMED(CAP_FUTIMESAT),
    NAMED(CAP_LINKAT_SOURCE),
    NAMED(CAP_LINKAT_TARGET),
    NAMED(CAP_LOOKUP),
    NAMED(CAP_MKDIRAT),
    NAMED(CAP_MMAP),
    NAMED(CAP_MMAP_R),
    NAMED(CAP_MMAP_RW),
    NAMED(CAP_MMAP_RX),
    NAMED(CAP_MMAP_W),
    NAMED(CAP_MMAP_X),
    NAMED(CAP_PREAD),
    NAMED(CAP_PWRITE),
    NAMED(CAP_READ),
    NAMED(CAP_READDIR),
    NAMED(CAP_READLINKAT),
    NAMED(CAP_RECV),
    NAMED(CAP_RENAMEAT_SOURCE),
    NAMED(CAP_RENAMEAT_TARGET),
    NAMED(CAP_SEEK),
    NAMED(CAP_SEEK_TELL),
    NAMED(CAP_SEND),
    NAMED(CAP_SHUTDOWN),
    NAMED(CAP_SYMLINKAT),
    NAMED(CAP_UNLINKAT),
    NAMED(CAP_WRITE),
};

// Two are one where the ABI makes no difference between a socket and a file, and between no other.
static void others_are_different(struct check *t) {
    CHECK(t, CAP_RECV == CAP_READ && CAP_SEND == CAP_WRITE);
    for (size_t i = 0; i < COUNT(rights); ++i)
        for (size_t j = 0; j < i; ++j)
            if (rights[i].value == rights[j].value)
                CHECK(t, rights[i].value == (long long)CAP_READ ||
                             rights[i].value == (long long)CAP_WRITE);
}

static bool contains(unsigned long long big, unsigned long long little) {
    cap_rights_t outer, inner;
    return cap_rights_contains(cap_rights_init(&outer, big), cap_rights_init(&inner, little));
}

static void parts(struct check *t) {
    CHECK(t, contains(CAP_PREAD, CAP_READ | CAP_SEEK) && !contains(CAP_PREAD, CAP_WRITE));
    CHECK(t, contains(CAP_PWRITE, CAP_WRITE | CAP_SEEK) && !contains(CAP_PWRITE, CAP_READ));
    CHECK(t, contains(CAP_SEEK, CAP_SEEK_TELL) && !contains(CAP_SEEK_TELL, CAP_SEEK));
    CHECK(t, contains(CAP_FSYNC, CAP_FDATASYNC) && contains(CAP_CREATE, CAP_LOOKUP));
    CHECK(t, contains(CAP_MMAP_RW, CAP_MMAP_R | CAP_MMAP_W));
    CHECK(t, contains(CAP_MMAP_RX, CAP_MMAP_R | CAP_MMAP_X) && !contains(CAP_MMAP_RX, CAP_WRITE));
    CHECK(t, contains(CAP_MMAP_R & CAP_MMAP_W & CAP_MMAP_X, CAP_MMAP));
}

// Each can be put into a set and taken out of it, and a descriptor reduced to it.
static void each_can_be_kept_alone(struct check *t) {
    for (size_t i = 0; i < COUNT(rights); ++i) {
        uint64_t right = (uint64_t)rights[i].value;
        cap_rights_t set, had;
        check_context(t, rights[i].name);
        CHECK(t, right != 0);
        CHECK(t, cap_rights_is_set(cap_rights_init(&set, right), right));
        CHECK(t, !cap_rights_is_set(cap_rights_clear(&set, right), right));
        int fd = dup(check_fd(t, i % 2 ? "dir" : "in"));
        CHECK_INT(t, cap_rights_get(fd, &had), 0);
        int error = cap_rights_limit(fd, cap_rights_init(&set, right)) == 0 ? 0 : errno;
        CHECK_INT(t, error, cap_rights_contains(&had, &set) ? 0 : ENOTCAPABLE);
        CHECK_INT(t, close(fd), 0);
    }
}

static void of_argument_data(struct check *t) {
    CHECK(t, ARGDATA_ITERATOR_END != ARGDATA_ITERATOR_INVALID && ARGDATA_NESTING_MAX > 0);
    argdata_map_iterator_t map;
    argdata_seq_iterator_t sequence;
    argdata_map_iterate(&argdata_null, &map);
    CHECK(t, map.index == ARGDATA_ITERATOR_INVALID);
    argdata_t *empty = argdata_create_seq(NULL, 0);
    argdata_seq_iterate(empty, &sequence);
    CHECK(t, sequence.index == 0 || sequence.index == ARGDATA_ITERATOR_END);
    argdata_free(empty);
}

#define TESTS(X) X(others_are_different) X(parts) X(each_can_be_kept_alone) X(of_argument_data)
CHECK_MAIN(TESTS)

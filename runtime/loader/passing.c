// SPDX-License-Identifier: BSD-2-Clause
// The rights of descriptors in messages.

#include "passing.h"

#define MAGIC UINT64_C(0x5354484749524143) // "CARIGHTS"
#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

struct sent_rights {
    cloudabi_rights_t base, inheriting;
    uint64_t type;
};

struct record {
    uint64_t magic, count;
    struct sent_rights sent[PASSING_MAX];
};

static size_t record_len(size_t count) {
    return offsetof(struct record, sent) + count * sizeof(struct sent_rights);
}

static bool is_sealed(int fd) {
    linux_result seals = LINUX(fcntl, fd, F_GET_SEALS);
    return seals >= 0 && (seals & SEALS) == SEALS;
}

static cloudabi_errno_t make_record(struct record *record, int *out) {
    linux_result fd = LINUX(memfd_create, "", MFD_CLOEXEC | MFD_NOEXEC_SEAL);
    if (fd < 0)
        return errno_from_linux(fd);
    struct iovec part = {.iov_base = record, .iov_len = record_len(record->count)};
    linux_result result = LINUX(writev, fd, &part, 1);
    if (result >= 0)
        result = LINUX(fcntl, fd, F_ADD_SEALS, SEALS);
    if (result < 0) {
        LINUX(close, fd);
        return errno_from_linux(result);
    }
    *out = (int)fd;
    return CLOUDABI_ESUCCESS;
}

static cloudabi_errno_t prepare(const cloudabi_fd_t *fds, size_t count, struct passing *passing) {
    struct record made = {.magic = MAGIC, .count = count};
    bool needed = false;
    for (size_t i = 0; i < count; ++i) {
        struct descriptor what, natural;
        cloudabi_errno_t error = fd_get(fds[i], 0, &what);
        if (error == 0)
            error = fd_delegate(fds[i], &what, &passing->sent[i]);
        if (error == 0 && what.alone)
            fd_share(fds[i]);
        if (error != 0)
            return error;
        passing->count = i + 1;
        fd_nature((int)fds[i], CLOUDABI_FILETYPE_UNKNOWN, &natural);
        needed = needed || what.type != natural.type || (natural.base & ~what.base) != 0 ||
                 (natural.inheriting & ~what.inheriting) != 0;
        made.sent[i] = (struct sent_rights){what.base, what.inheriting, what.type};
    }
    // Nothing that a program sends may be taken for a record.
    if (count > 0 && is_sealed((int)fds[count - 1]))
        needed = true;
    if (!needed)
        return CLOUDABI_ESUCCESS;
    cloudabi_errno_t error = make_record(&made, &passing->sent[count]);
    passing->count += error == 0;
    return error;
}

cloudabi_errno_t passing_prepare(const cloudabi_fd_t *fds, size_t count, struct passing *passing) {
    passing->count = 0;
    cloudabi_errno_t error = prepare(fds, count, passing);
    if (error != 0)
        passing_done(fds, count, passing, false);
    return error;
}

void passing_done(const cloudabi_fd_t *fds, size_t count, const struct passing *passing,
                  bool sent) {
    struct descriptor what;
    for (size_t i = 0; i < passing->count; ++i) {
        if (i >= count || passing->sent[i] != (int)fds[i])
            LINUX(close, passing->sent[i]);
        else if (sent && fd_get(fds[i], 0, &what) == CLOUDABI_ESUCCESS && what.owner)
            process_disown(fds[i]);
    }
}

// Whether the last of count descriptors describes the ones before it.
static bool read_record(const int *arrived, size_t count, struct record *record) {
    if (count < 2 || count - 1 > PASSING_MAX || !is_sealed(arrived[count - 1]))
        return false;
    struct iovec part = {.iov_base = record, .iov_len = sizeof(*record)};
    linux_result got = LINUX(preadv, arrived[count - 1], &part, 1, 0, 0);
    return got == (linux_result)record_len(count - 1) && record->magic == MAGIC &&
           record->count == count - 1;
}

// The kernel cannot tell these two from other files; neither gives more than what it is.
static cloudabi_filetype_t believed(uint64_t type) {
    return type == CLOUDABI_FILETYPE_SHARED_MEMORY || type == CLOUDABI_FILETYPE_PROCESS
               ? (cloudabi_filetype_t)type
               : CLOUDABI_FILETYPE_UNKNOWN;
}

size_t passing_accept(const int *arrived, size_t count, cloudabi_rights_t inheriting,
                      cloudabi_fd_t *fds, size_t room, bool *surplus) {
    struct record record;
    bool recorded = read_record(arrived, count, &record);
    size_t real = recorded ? count - 1 : count, stored = 0;
    *surplus = false;
    for (size_t i = 0; i < count; ++i) {
        if (i >= real || stored == room) {
            *surplus = *surplus || i < real;
            LINUX(close, arrived[i]);
            continue;
        }
        struct descriptor what;
        fd_nature(arrived[i], recorded ? believed(record.sent[i].type) : CLOUDABI_FILETYPE_UNKNOWN,
                  &what);
        what.base &= inheriting & (recorded ? record.sent[i].base : ~UINT64_C(0));
        what.inheriting &= inheriting & (recorded ? record.sent[i].inheriting : ~UINT64_C(0));
        if (fd_enter(arrived[i], &what, &fds[stored]) == CLOUDABI_ESUCCESS)
            ++stored;
        else
            *surplus = true;
    }
    return stored;
}

// SPDX-License-Identifier: BSD-2-Clause
// Fuzz target: the supervisor of strict mode, given any calls with any arguments over any memory.
// Whatever is asked, nothing outside the granted directory changes, nothing inside does without a
// right to it, what is handed out lies inside, nothing is read twice, and no descriptor stays open.
//
// An input is: rights of the directory (odd: reading only), number of calls, for each the call and
// six arguments (a kind and eight bytes), then the caller's memory.
#include "strict_world.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define FDS 100
#define FDS_MAX 8
#include "fuzz_caller.h"

#include "../../runtime/sandbox/strict/calls.h"

#define CALLS_MAX 4

static bool read_only;

static void check_given(int fd) {
    world_check_given(fd, read_only);
}

static uint64_t argument_of(uint8_t kind, uint64_t value) {
    switch (kind % 6) {
    case 0:
        return FDS + value % FDS_MAX;
    case 1:
        return MEMORY + value % MEMORY_SIZE;
    case 2:
        return value & 0xff;
    case 3:
        return value & 0xffffffff;
    case 4:
        return 24; // sizeof(struct open_how)
    default:
        return value;
    }
}

static int64_t (*const calls[])(const struct caller *) = {
    call_openat2,   call_mkdirat,    call_symlinkat,  call_renameat,  call_linkat,
    call_unlinkat,  call_newfstatat, call_readlinkat, call_utimensat, call_fcntl,
    call_ftruncate, call_fallocate,  call_getdents64, call_lseek,     call_fadvise64,
    call_fsync,     call_fdatasync,  call_fstat,      call_attenuate,
};

static void perform(const uint8_t *bytes) {
    struct caller caller = {.listener = -1, .id = 1, .tid = getpid()};
    for (int i = 0; i < 6; i++) {
        uint64_t value;
        memcpy(&value, bytes + 2 + 9 * i, sizeof value);
        caller.arguments[i] = argument_of(bytes[1 + 9 * i], value);
    }
    memset(was_read, 0, sizeof was_read);
    unsigned number = bytes[0] % (sizeof calls / sizeof calls[0]);
    // What the filter lets through at all: F_SETFL with few flags, fallocate without a mode.
    if (calls[number] == call_fcntl) {
        caller.arguments[1] = F_SETFL;
        caller.arguments[2] &= O_APPEND | O_NONBLOCK;
    }
    int free_before = dup(STDIN_FILENO);
    close(free_before);
    int64_t result = calls[number](&caller);
    int free_after = dup(STDIN_FILENO);
    close(free_after);
    require(free_before == free_after, "a descriptor stays open");
    require(result == ANSWERED || result > -4096, "neither a result nor an error");
}

enum { CALL = 1 + 6 * 9 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length < 2)
        return -1;
    read_only = bytes[0] % 2 == 1;
    size_t count = 1 + bytes[1] % CALLS_MAX;
    if (length < 2 + count * CALL)
        return -1;
    size_t rest = length - 2 - count * CALL;
    memset(memory, 0, sizeof memory);
    memcpy(memory, bytes + 2 + count * CALL, rest < MEMORY_SIZE ? rest : MEMORY_SIZE);
    fd_count = world_open(FDS, read_only);
    for (size_t i = 0; i < count; i++)
        perform(bytes + 2 + i * CALL);
    for (size_t i = 0; i < fd_count; i++)
        close(FDS + (int)i);
    world_check(read_only);
    return 0;
}

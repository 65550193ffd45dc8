// SPDX-License-Identifier: BSD-2-Clause
// Strict mode: the rights of single descriptors against machine code, and requests that are meant
// to confuse the supervisor. What must work is tried as well: a supervisor that refuses everything
// proves nothing. See test_rights.py for what is granted.

#include "attack.h"

#include <linux/mman.h>
#include <linux/uio.h>

#include <cloudabi_types.h>

#include "../../runtime/sandbox/attenuate.h"
#include "crt.h"

enum { LIST_FD = 1, WRITE_FD, EXEC_FD, APPEND_FD, READ_FD, BOTH_FD, PEER_FD, LOG_FD, LAST_FD };
enum { F_SETFL_ = 4, F_DUPFD_CLOEXEC_ = 1030, SOL_SOCKET_ = 1, SCM_RIGHTS_ = 1 };

static const long past[4] = {1000, 0, 1000, 0};

static void refused(const char *name, long result) {
    report(name, result < 0, result);
    if (result > LAST_FD)
        RAW(__NR_close, result);
}

static void works(const char *name, long result) {
    report(name, result >= 0, result);
    if (result > LAST_FD)
        RAW(__NR_close, result);
}

static long entries(int directory) {
    char buffer[2048];
    return RAW(__NR_getdents64, directory, buffer, sizeof(buffer));
}

static void attack_list(void) {
    works("list-entries", entries(LIST_FD));
    char stat[256];
    works("list-stat", RAW(__NR_newfstatat, LIST_FD, "file", stat, 0));
    refused("list-read", open_raw(LIST_FD, "file", O_RDONLY));
    refused("list-read-pipe", open_raw(LIST_FD, "pipe", O_RDONLY | O_NONBLOCK));
    refused("list-write", open_raw(LIST_FD, "file", O_WRONLY));
    refused("list-truncate", open_raw(LIST_FD, "file", O_RDONLY | O_TRUNC));
    refused("list-create", open_raw(LIST_FD, "new", O_CREAT | O_WRONLY));
    refused("list-unlink", RAW(__NR_unlinkat, LIST_FD, "file", 0));
    refused("list-times", RAW(__NR_utimensat, LIST_FD, "file", past, 0));
    refused("list-times-of-itself", RAW(__NR_utimensat, LIST_FD, 0, past, 0));
    long sub = open_raw(LIST_FD, "sub", O_RDONLY | O_DIRECTORY);
    report("list-subdirectory", sub >= 0, sub);
    refused("list-read-below", open_raw((int)sub, "file", O_RDONLY));
    refused("list-write-below", open_raw((int)sub, "file", O_RDWR));
    long place = open_raw((int)sub, ".", O_PATH | O_DIRECTORY);
    refused("list-read-from-place", open_raw((int)place, "file", O_RDONLY));
    refused("list-make-in-place", RAW(__NR_mkdirat, place, "made", 0700));
    refused("list-link-out", RAW(__NR_linkat, LIST_FD, "file", BOTH_FD, "linked", 0));
    RAW(__NR_close, place);
    RAW(__NR_close, sub);
}

static void attack_write(void) {
    works("write-create", open_raw(WRITE_FD, "new", O_CREAT | O_EXCL | O_WRONLY));
    works("write-open", open_raw(WRITE_FD, "file", O_WRONLY));
    works("write-unlink", RAW(__NR_unlinkat, WRITE_FD, "new", 0));
    refused("write-read", open_raw(WRITE_FD, "file", O_RDONLY));
    refused("write-read-and-write", open_raw(WRITE_FD, "file", O_RDWR));
    refused("write-create-to-read", open_raw(WRITE_FD, "new2", O_CREAT | O_RDWR));
    refused("write-entries", entries(WRITE_FD));
    refused("exec-read-link", RAW(__NR_readlinkat, EXEC_FD, "link", (char[100]){0}, 100));
    refused("exec-entries", entries(EXEC_FD));
    refused("exec-write", open_raw(EXEC_FD, "file", O_WRONLY));
    refused("exec-rename-into", RAW(__NR_renameat, BOTH_FD, "file", EXEC_FD, "moved"));
    works("exec-open", open_raw(EXEC_FD, "file", O_RDONLY));
}

// Writes are to end up behind what is there.
static void attack_append(int fd, const char *const names[6]) {
    refused(names[0], RAW(__NR_fcntl, fd, F_SETFL_, 0));
    refused(names[1], RAW(__NR_ftruncate, fd, 0));
    refused(names[2], RAW(__NR_fallocate, fd, 0, 0, 4096));
    refused(names[3], RAW(__NR_utimensat, fd, 0, past, 0));
    refused(names[4], RAW(__NR_utimensat, fd, "", past, AT_EMPTY_PATH));
    works(names[5], RAW(__NR_pwrite64, fd, "+", 1, 0));
}

static void attack_append_copies(void) {
    static const char *const itself[] = {"append-clear-flag", "append-truncate", "append-allocate",
                                         "append-times",      "append-times-2",  "append-write"};
    static const char *const copy[] = {"copy-clear-flag", "copy-truncate", "copy-allocate",
                                       "copy-times",      "copy-times-2",  "copy-write"};
    attack_append(APPEND_FD, itself);
    long fd = RAW(__NR_fcntl, APPEND_FD, F_DUPFD_CLOEXEC_, 100);
    attack_append((int)fd, copy);
    RAW(__NR_close, fd);
}

static void attack_below(const char *const names[7], int sub) {
    char stat[256];
    refused(names[0], open_raw(sub, "../file", O_RDONLY));
    refused(names[1], RAW(__NR_newfstatat, sub, "..", stat, 0));
    refused(names[2], RAW(__NR_renameat, sub, "../file", sub, "taken"));
    refused(names[3], RAW(__NR_mkdirat, sub, "../made", 0700));
    refused(names[4], RAW(__NR_symlinkat, "x", sub, "../made"));
    refused(names[5], RAW(__NR_unlinkat, sub, "../file", 0));
    works(names[6], open_raw(sub, "file", O_RDWR));
}

struct message {
    void *name;
    unsigned name_len, pad;
    struct iovec *parts;
    size_t count;
    void *control;
    size_t control_len;
    unsigned flags, pad2;
};

struct control {
    size_t len;
    int level, type, fd, pad;
};

static long receive(int socket) {
    char byte;
    struct iovec part = {&byte, 1};
    struct control control = {0};
    struct message message = {
        .parts = &part, .count = 1, .control = &control, .control_len = sizeof(control)};
    long got = RAW(__NR_recvmsg, socket, &message, 0x40000000 /* MSG_CMSG_CLOEXEC */);
    return got == 1 && control.len == 20 ? control.fd : -1;
}

static long pass_on(int fd) {
    int pair[2];
    RAW(__NR_socketpair, 1, 1, 0, pair);
    struct iovec part = {"", 1};
    struct control control = {20, SOL_SOCKET_, SCM_RIGHTS_, fd, 0};
    struct message message = {
        .parts = &part, .count = 1, .control = &control, .control_len = sizeof(control)};
    RAW(__NR_sendmsg, pair[0], &message, 0);
    long arrived = receive(pair[1]);
    RAW(__NR_close, pair[0]);
    RAW(__NR_close, pair[1]);
    return arrived;
}

static void attack_subdirectory(void) {
    static const char *const itself[] = {"below-open",    "below-stat",    "below-rename",
                                         "below-make",    "below-symlink", "below-unlink",
                                         "below-in-reach"};
    static const char *const passed[] = {"passed-open",    "passed-stat",    "passed-rename",
                                         "passed-make",    "passed-symlink", "passed-unlink",
                                         "passed-in-reach"};
    static const char *const place[] = {"place-open",    "place-stat",    "place-rename",
                                        "place-make",    "place-symlink", "place-unlink",
                                        "place-in-reach"};
    long sub = open_raw(BOTH_FD, "sub", O_RDONLY | O_DIRECTORY);
    attack_below(itself, (int)sub);
    long arrived = pass_on((int)sub);
    attack_below(passed, (int)arrived);
    long path = open_raw(BOTH_FD, "sub", O_PATH | O_DIRECTORY);
    attack_below(place, (int)path);
    RAW(__NR_close, path);
    RAW(__NR_close, arrived);
    RAW(__NR_close, sub);
}

// A new descriptor with fewer rights; see runtime/sandbox/attenuate.h.
long attenuate(int fd, uint64_t base, uint64_t inheriting) {
    struct attenuation request = {O_CLOEXEC, 0, 0, base, inheriting};
    return RAW(__NR_openat2, fd, "", &request, sizeof(request));
}

static void attack_narrow(const char *const names[9], int directory) {
    works(names[0], open_raw(directory, "file", O_RDONLY));
    works(names[1], entries(directory));
    refused(names[2], open_raw(directory, "file", O_RDWR));
    refused(names[3], open_raw(directory, "new", O_CREAT | O_WRONLY));
    refused(names[4], RAW(__NR_unlinkat, directory, "file", 0));
    refused(names[5], RAW(__NR_utimensat, directory, "file", past, 0));
    refused(names[6], open_raw(directory, "../file", O_RDONLY));
    long place = open_raw(directory, ".", O_PATH | O_DIRECTORY);
    refused(names[7], RAW(__NR_mkdirat, place, "made", 0700));
    RAW(__NR_close, place);
    long wide = attenuate(directory, ~0UL, ~0UL);
    refused(names[8], open_raw((int)wide, "file", O_RDWR));
    RAW(__NR_close, wide);
}

#define LOOKING                                                                                    \
    (CLOUDABI_RIGHT_FILE_OPEN | CLOUDABI_RIGHT_FILE_READDIR | CLOUDABI_RIGHT_FD_READ |             \
     CLOUDABI_RIGHT_FD_SEEK)

static void attack_attenuated_directory(void) {
    static const char *const itself[] = {"narrow-read",   "narrow-entries", "narrow-write",
                                         "narrow-create", "narrow-unlink",  "narrow-times",
                                         "narrow-leave",  "narrow-make",    "narrow-widen"};
    static const char *const passed[] = {
        "narrow-passed-read",   "narrow-passed-entries", "narrow-passed-write",
        "narrow-passed-create", "narrow-passed-unlink",  "narrow-passed-times",
        "narrow-passed-leave",  "narrow-passed-make",    "narrow-passed-widen"};
    long sub = open_raw(BOTH_FD, "sub", O_RDONLY | O_DIRECTORY);
    long narrow = attenuate((int)sub, LOOKING, LOOKING);
    report("narrow", narrow >= 0, narrow);
    attack_narrow(itself, (int)narrow);
    long arrived = pass_on((int)narrow);
    attack_narrow(passed, (int)arrived);
    // The one that it was made from has lost nothing.
    works("narrow-original", open_raw((int)sub, "file", O_RDWR));
    long nothing = attenuate((int)sub, 0, 0);
    report("narrow-to-nothing", nothing >= 0, nothing);
    refused("nothing-read", open_raw((int)nothing, "file", O_RDONLY));
    refused("nothing-entries", entries((int)nothing));
    refused("nothing-place", open_raw((int)nothing, ".", O_PATH | O_DIRECTORY));
    RAW(__NR_close, nothing);
    RAW(__NR_close, arrived);
    RAW(__NR_close, narrow);
    RAW(__NR_close, sub);
}

static void attack_attenuated_file(void) {
    long file = open_raw(BOTH_FD, "sub/file", O_RDWR);
    long narrow = attenuate((int)file, CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FD_SEEK, 0);
    char content[7];
    works("narrow-file-read", RAW(__NR_pread64, narrow, content, sizeof(content), 0));
    refused("narrow-file-write", RAW(__NR_pwrite64, narrow, "x", 1, 0));
    refused("narrow-file-truncate", RAW(__NR_ftruncate, narrow, 0));
    refused("narrow-file-times", RAW(__NR_utimensat, narrow, 0, past, 0));
    refused("narrow-file-map",
            RAW(__NR_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, narrow, 0));
    long wide = attenuate((int)narrow, ~0UL, ~0UL);
    refused("narrow-file-widen", RAW(__NR_pwrite64, wide, "x", 1, 0));
    refused("append-widen", attenuate(APPEND_FD, CLOUDABI_RIGHT_FD_READ, 0));
    refused("narrow-stream", attenuate(PEER_FD, 0, 0));
    RAW(__NR_close, wide);
    RAW(__NR_close, narrow);
    RAW(__NR_close, file);
}

// The kernel has room for 128 sets of rights. Who has used them up makes no new one, and has
// taken none away.
static void attack_many_sets(void) {
    long last = 0;
    for (uint64_t set = 1; set < 200 && last >= 0; ++set) {
        last = attenuate(BOTH_FD, LOOKING, set);
        RAW(__NR_close, last);
    }
    report("sets-run-out", last < 0, last);
    works("sets-in-use", open_raw(BOTH_FD, "file", O_RDWR));
}

// A directory that somebody outside sends: nobody granted it.
static void attack_received(void) {
    long directory = receive(PEER_FD);
    report("received", directory >= 0, directory);
    char stat[256];
    refused("received-open", open_raw((int)directory, "file", O_RDONLY));
    refused("received-open-place", open_raw((int)directory, ".", O_PATH | O_DIRECTORY));
    refused("received-leave", open_raw((int)directory, "..", O_RDONLY | O_DIRECTORY));
    refused("received-entries", entries((int)directory));
    refused("received-stat", RAW(__NR_newfstatat, directory, "file", stat, 0));
    refused("received-make", RAW(__NR_mkdirat, directory, "made", 0700));
    refused("received-times", RAW(__NR_utimensat, directory, 0, past, 0));
}

void attack_requests(void);
void attack_each_right(void);

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    attack_begin();
    attack_list();
    attack_write();
    attack_append_copies();
    attack_subdirectory();
    attack_attenuated_directory();
    attack_attenuated_file();
    attack_each_right();
    attack_received();
    attack_requests();
    attack_many_sets();
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}

// SPDX-License-Identifier: BSD-2-Clause
// The files around the fuzzer of strict mode.
#include "strict_world.h"

#include <cloudabi_rights.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../runtime/sandbox/strict/marks.h"

#define WRITING                                                                                    \
    (CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_FD_DATASYNC | CLOUDABI_RIGHT_FD_SYNC |               \
     CLOUDABI_RIGHT_FILE_ALLOCATE | CLOUDABI_RIGHT_FILE_CREATE_DIRECTORY |                         \
     CLOUDABI_RIGHT_FILE_CREATE_FILE | CLOUDABI_RIGHT_FILE_LINK_SOURCE |                           \
     CLOUDABI_RIGHT_FILE_LINK_TARGET | CLOUDABI_RIGHT_FILE_RENAME_SOURCE |                         \
     CLOUDABI_RIGHT_FILE_RENAME_TARGET | CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE |                      \
     CLOUDABI_RIGHT_FILE_STAT_FPUT_TIMES | CLOUDABI_RIGHT_FILE_STAT_PUT_TIMES |                    \
     CLOUDABI_RIGHT_FILE_SYMLINK | CLOUDABI_RIGHT_FILE_UNLINK)

static char root[64], granted[80];
static uint64_t hash_outside, hash_inside;

static uint64_t sum;
static bool inside;

static void mix(const void *bytes, size_t length) {
    for (size_t i = 0; i < length; i++)
        sum = (sum ^ ((const uint8_t *)bytes)[i]) * UINT64_C(0x100000001b3);
}

static int visit(const char *path, const struct stat *status, int type, struct FTW *place) {
    (void)type, (void)place;
    size_t length = strlen(granted);
    bool below =
        strncmp(path, granted, length) == 0 && (path[length] == '/' || path[length] == '\0');
    if (below != inside)
        return 0;
    mix(path, strlen(path));
    mix(&status->st_mode, sizeof status->st_mode);
    mix(&status->st_ino, sizeof status->st_ino);
    mix(&status->st_size, sizeof status->st_size);
    mix(&status->st_ctim, sizeof status->st_ctim);
    mix(&status->st_mtim, sizeof status->st_mtim);
    return 0;
}

static uint64_t hash(bool of_inside) {
    sum = UINT64_C(0xcbf29ce484222325);
    inside = of_inside;
    require(nftw(root, visit, 16, FTW_PHYS) == 0, "cannot look at all files");
    return sum;
}

static int discard(const char *path, const struct stat *status, int type, struct FTW *place) {
    (void)status, (void)type;
    return place->level == 0 ? 0 : remove(path);
}

static void put(const char *folder, const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    require(file != NULL && fputs("text\n", file) >= 0 && fclose(file) == 0, path);
}

static void put_link(const char *name, const char *target) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", granted, name);
    require(symlink(target, path) == 0, path);
}

static void fill(void) {
    char path[256];
    nftw(granted, discard, 16, FTW_PHYS | FTW_DEPTH);
    put(granted, "file");
    snprintf(path, sizeof path, "%s/sub", granted);
    require(mkdir(path, 0700) == 0, path);
    put(path, "file");
    snprintf(path, sizeof path, "%s/pipe", granted);
    require(mkfifo(path, 0600) == 0, path);
    put_link("link", "sub/file");
    put_link("up", "..");
    put_link("out", "../outside");
    put_link("root", "/");
    put_link("loop", "loop");
    hash_inside = hash(true);
}

static void clean(void) {
    nftw(root, discard, 16, FTW_PHYS | FTW_DEPTH);
    rmdir(root);
}

static void build(void) {
    const struct rlimit limit = {1 << 20, 1 << 20};
    signal(SIGXFSZ, SIG_IGN);
    require(setrlimit(RLIMIT_FSIZE, &limit) == 0, "setrlimit");
    strcpy(root, "/dev/shm/cloudabi-fuzz-XXXXXX");
    if (mkdtemp(root) == NULL) {
        strcpy(root, "/tmp/cloudabi-fuzz-XXXXXX");
        require(mkdtemp(root) != NULL, "mkdtemp");
    }
    atexit(clean);
    snprintf(granted, sizeof granted, "%s/granted", root);
    require(mkdir(granted, 0700) == 0, granted);
    put(root, "outside");
    fill();
    hash_outside = hash(false);
}

static struct rights rights_of(bool read_only) {
    struct rights all = {CLOUDABI_RIGHTS_DIRECTORY_BASE, CLOUDABI_RIGHTS_DIRECTORY_INHERITING};
    if (read_only) {
        all.base &= ~(uint64_t)WRITING;
        all.inheriting &= ~(uint64_t)WRITING;
    }
    return all;
}

static void place(int fd, int number) {
    require(fd >= 0 && dup2(fd, number) == number, "a descriptor of the caller");
    close(fd);
}

size_t world_open(int first, bool read_only) {
    if (root[0] == '\0')
        build();
    struct rights rights = rights_of(read_only);
    int directory = open(granted, O_RDONLY | O_DIRECTORY), ends[2];
    require(mark_set(directory, &rights) == 0, "this kernel writes no marks");
    require(pipe2(ends, O_NONBLOCK) == 0, "pipe");
    close(ends[0]);
    place(directory, first);
    place(ends[1], first + 1);
    return 2;
}

void world_check_given(int fd, bool read_only) {
    char link[64], path[512];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    require(length > 0, "readlink");
    path[length] = '\0';
    size_t prefix = strlen(granted);
    require(strncmp(path, granted, prefix) == 0 && (path[prefix] == '/' || path[prefix] == '\0'),
            "a descriptor from outside is given");
    struct rights rights, most = rights_of(read_only);
    uint64_t any = most.base | most.inheriting;
    require(mark_get(fd, &rights), "a descriptor without rights is given");
    require(((rights.base | rights.inheriting) & ~any) == 0, "rights grow");
    int flags = fcntl(fd, F_GETFL);
    require(!read_only || (flags & O_ACCMODE) == O_RDONLY, "a descriptor to write to is given");
}

void world_check(bool read_only) {
    require(hash(false) == hash_outside, "something outside has changed");
    if (hash(true) == hash_inside)
        return;
    require(!read_only, "something has changed without a right to it");
    fill();
    hash_outside = hash(false);
}

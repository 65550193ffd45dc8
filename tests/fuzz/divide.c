// SPDX-License-Identifier: BSD-2-Clause
// Fuzz target: the mounter, given any requests over any memory, for real mounts in name spaces of
// its own. Whatever is asked, what is given is a directory of the grant, cannot be left, and has
// the flags that follow from the rights and from what it was made of; memory is not read again and
// again, and no descriptor stays open but the trees that are kept.
//
// An input is: the mount's flags (odd: read-only, then no-exec), number of requests, for each three
// arguments (a kind and eight bytes), then the caller's memory.
#define FDS 900 // the trees that are kept must not reach it
#define FDS_MAX 8
#include "fuzz_caller.h"

#include <cloudabi_types.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include "../../runtime/sandbox/divide.h"

#define CALLS_MAX 4
#define PLACES 3

static char root[] = "/dev/shm/cloudabi-fuzz-XXXXXX";
static int trees[4], outside, pipe_end;
static ino_t places[PLACES]; // of the granted directory and those below
static dev_t device;
static const char *const names[PLACES] = {"granted", "granted/sub", "granted/sub/sub"};
static uint64_t asked;       // the rights
static unsigned long before; // the flags of what they were asked of

static void write_text(const char *path, const char *text) {
    int fd = open(path, O_WRONLY);
    require(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text), path);
    close(fd);
}

// In a user name space of its own, as the sandbox is. Not every machine lets it.
static bool enter(void) {
    char map[64];
    unsigned uid = geteuid(), gid = getegid();
    outside = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    require(outside >= 0, "/");
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return false;
    write_text("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "%u %u 1\n", uid, uid);
    write_text("/proc/self/uid_map", map);
    snprintf(map, sizeof map, "%u %u 1\n", gid, gid);
    write_text("/proc/self/gid_map", map);
    return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

// Files that nobody else sees, and that end with this process.
static void make_files(void) {
    require(mount("none", "/dev/shm", "tmpfs", 0, "mode=0700") == 0, "mount");
    require(mkdtemp(root) != NULL && chdir(root) == 0, root);
    for (size_t i = 0; i < PLACES; i++) {
        struct stat status;
        require(mkdir(names[i], 0700) == 0 && stat(names[i], &status) == 0, names[i]);
        places[i] = status.st_ino;
        device = status.st_dev;
    }
    int file = open("granted/sub/file", O_CREAT | O_WRONLY, 0600);
    require(file >= 0 && symlink("../..", "granted/sub/up") == 0, "files");
    close(file);
    int ends[2];
    require(pipe(ends) == 0, "pipe");
    close(ends[0]);
    pipe_end = ends[1];
}

static void make_trees(void) {
    for (unsigned i = 0; i < 4; i++) {
        struct mount_attr attributes = {.attr_set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV |
                                                    (i & 1 ? MOUNT_ATTR_RDONLY : 0) |
                                                    (i & 2 ? MOUNT_ATTR_NOEXEC : 0),
                                        .propagation = MS_PRIVATE};
        trees[i] = open_tree(AT_FDCWD, "granted", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
        require(trees[i] >= 0 && mount_setattr(trees[i], "", AT_EMPTY_PATH | AT_RECURSIVE,
                                               &attributes, sizeof attributes) == 0,
                "a tree");
    }
}

static void place(int directory, const char *path, int flags) {
    int fd = openat(directory, path, flags | O_CLOEXEC), number = FDS + (int)fd_count++;
    require(fd >= 0 && dup2(fd, number) == number, path);
    close(fd);
}

static void open_all(unsigned kind) {
    int tree = trees[kind % 4];
    fd_count = 0;
    place(tree, ".", O_RDONLY | O_DIRECTORY);
    place(tree, "sub", O_RDONLY | O_DIRECTORY);
    place(tree, "sub/file", O_RDONLY);
    place(tree, "sub/sub", O_PATH | O_DIRECTORY);
    // What an outsider has sent, and what is no directory at all.
    require(dup2(outside, FDS + (int)fd_count++) >= 0 && dup2(pipe_end, FDS + (int)fd_count++) >= 0,
            "dup2");
}

static unsigned long flags_of(int fd) {
    struct statvfs status;
    require(fstatvfs(fd, &status) == 0, "fstatvfs");
    return status.f_flag & (ST_RDONLY | ST_NOEXEC | ST_NOSUID | ST_NODEV);
}

static void check_given(int fd) {
    struct stat here, above;
    require(fstat(fd, &here) == 0 && S_ISDIR(here.st_mode), "no directory is given");
    bool known = false;
    for (size_t i = 0; i < PLACES; i++)
        known = known || here.st_ino == places[i];
    require(known && here.st_dev == device, "a directory from outside is given");
    require(fstatat(fd, "..", &above, 0) == 0 && above.st_ino == here.st_ino &&
                above.st_dev == here.st_dev,
            "what is given leads above itself");
    unsigned long now = flags_of(fd);
    require((before & ~now) == 0, "what was lost comes back");
    require((now & ST_RDONLY) || (asked & ATTENUATION_CHANGING), "it can be changed unasked");
    require((now & ST_NOEXEC) || (asked & ATTENUATION_EXECUTING), "it executes unasked");
    require((now & ST_RDONLY) == (before & ST_RDONLY) || !(asked & ATTENUATION_CHANGING),
            "more is lost than asked");
}

static uint64_t argument_of(uint8_t kind, uint64_t value) {
    switch (kind % 4) {
    case 0:
        return FDS + value % FDS_MAX;
    case 1:
        return MEMORY + value % MEMORY_SIZE;
    case 2:
        return value & 0xffffffff;
    default:
        return value;
    }
}

// Now and then, as it takes long.
static void count_descriptors(void) {
    static unsigned calls;
    static int most;
    if (calls++ % 512 != 0)
        return;
    int count = 0;
    for (int fd = 0; fd < FDS; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    if (most == 0)
        most = count + 256 + 16; // the trees, and what the fuzzer opens
    require(count <= most, "descriptors stay open");
}

static void perform(const uint8_t *bytes) {
    struct caller caller = {.listener = -1, .id = 1, .tid = getpid(), .number = SYS_openat2};
    for (int i = 0; i < 3; i++) {
        uint64_t value;
        memcpy(&value, bytes + 1 + 9 * i, sizeof value);
        caller.arguments[i] = argument_of(bytes[9 * i], value);
    }
    struct attenuation request = {0};
    if (in_memory(caller.arguments[2], sizeof request))
        memcpy(&request, memory + (caller.arguments[2] - MEMORY), sizeof request);
    asked = request.base | request.inheriting;
    uint64_t number = caller.arguments[0];
    before = number >= FDS && number < FDS + fd_count ? flags_of((int)number) : 0;
    memset(was_read, 0, sizeof was_read);
    int64_t result = divide_directory(&caller);
    require(result == ANSWERED || (result < 0 && result > -4096), "neither given nor an error");
    count_descriptors();
}

enum { CALL = 3 * 9 };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    if (!enter()) {
        printf("SKIP: this machine makes no name spaces for the mounter\n");
        exit(77);
    }
    make_files();
    make_trees();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length < 2)
        return -1;
    size_t count = 1 + bytes[1] % CALLS_MAX;
    if (length < 2 + count * CALL)
        return -1;
    size_t rest = length - 2 - count * CALL;
    memset(memory, 0, sizeof memory);
    memcpy(memory, bytes + 2 + count * CALL, rest < MEMORY_SIZE ? rest : MEMORY_SIZE);
    open_all(bytes[0]);
    for (size_t i = 0; i < count; i++)
        perform(bytes + 2 + i * CALL);
    for (size_t i = 0; i < fd_count; i++)
        close(FDS + (int)i);
    return 0;
}

// SPDX-License-Identifier: BSD-2-Clause
// Changing a directory that was granted for reading; executing what was not granted for it.

#include "attack.h"

#include <linux/elf.h>
#include <linux/mman.h>
#include <linux/uio.h>

static void opens_for(const char *name, int directory, const char *path, uint64_t flags) {
    long fd = open_raw(directory, path, flags);
    report(name, fd < 0, fd);
    if (fd >= 0)
        RAW(__NR_close, fd);
}

// Only root can have made the node.
static void open_device(void) {
    char stat[256];
    if (RAW(__NR_newfstatat, READ_ONLY_FD, "device", stat, 0) == 0)
        opens_for("device-in-directory", READ_ONLY_FD, "device", O_RDWR);
    else
        report_skip("device-in-directory");
}

static void attack_open_file(void) {
    long fd = open_raw(READ_ONLY_FD, "file", O_RDONLY);
    struct iovec part = {"x", 1};
    REFUSED("write-through-reader", __NR_writev, fd, &part, 1);
    REFUSED("truncate-through-reader", __NR_ftruncate, fd, 0);
    REFUSED("map-for-writing", __NR_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    REFUSED("chmod-open-file", __NR_fchmod, fd, 0777);
    REFUSED("chown-open-file", __NR_fchown, fd, 0, 0);
    REFUSED("setxattr-open-file", __NR_fsetxattr, fd, "user.x", "y", 1, 0);
    REFUSED("allocate-through-reader", __NR_fallocate, fd, 0, 0, 100000);
    REFUSED("times-of-open-file", __NR_utimensat, fd, 0, 0, 0);
    // 0x5411 is FIONBIO's neighbour; any will do, since there is no ioctl at all.
    REFUSED("ioctl", __NR_ioctl, fd, 0x5411, 0);
    RAW(__NR_close, fd);
}

// No filter sees the mode of a new file. Without privilege, Linux takes the bits away from whatever
// gets content.
static void attack_set_id(void) {
    struct open_how how = {.flags = O_CREAT | O_RDWR | O_CLOEXEC, .mode = 06755};
    long fd = RAW(__NR_openat2, READ_WRITE_FD, "set_id", &how, sizeof(how));
    long made = RAW(__NR_fallocate, fd, 0, 0, 4096);
    char *page = (char *)RAW(__NR_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (made == 0 && (long)page > 0)
        page[0] = '#';
    struct {
        uint64_t dev, ino, nlink;
        uint32_t mode, rest[29];
    } stat = {0};
    RAW(__NR_fstat, fd, &stat);
    report("set-user-id-from-creation", fd >= 0 && stat.mode != 0 && (stat.mode & 06000) == 0,
           (long)stat.mode);
    RAW(__NR_close, fd);
}

// A minimal Linux executable that would exit with status 42.
static long write_executable(int directory) {
    static const unsigned char code[] = {0xb8, 0x3c, 0, 0, 0, 0xbf, 42, 0, 0, 0, 0x0f, 0x05};
    struct {
        Elf64_Ehdr ehdr;
        Elf64_Phdr phdr;
        unsigned char code[sizeof(code)];
    } image = {
        .ehdr = {.e_ident = "\177ELF\2\1\1",
                 .e_type = 2,
                 .e_machine = 62,
                 .e_version = 1,
                 .e_entry = 0x400000 + sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr),
                 .e_phoff = sizeof(Elf64_Ehdr),
                 .e_ehsize = sizeof(Elf64_Ehdr),
                 .e_phentsize = sizeof(Elf64_Phdr),
                 .e_phnum = 1},
        .phdr = {.p_type = 1,
                 .p_flags = 5,
                 .p_vaddr = 0x400000,
                 .p_align = 4096,
                 .p_filesz = sizeof(image),
                 .p_memsz = sizeof(image)},
    };
    for (size_t i = 0; i < sizeof(code); ++i)
        image.code[i] = code[i];
    struct open_how how = {.flags = O_CREAT | O_WRONLY | O_CLOEXEC, .mode = 0700};
    long fd = RAW(__NR_openat2, directory, "binary", &how, sizeof(how));
    struct iovec part = {&image, sizeof(image)};
    long written = RAW(__NR_writev, fd, &part, 1);
    RAW(__NR_close, fd);
    return written == sizeof(image) ? open_raw(directory, "binary", O_RDONLY) : -1;
}

static long executable;

static void execute(void) {
    static char *const none[] = {NULL};
    RAW(__NR_execveat, executable, EMPTY_PATH, none, none, AT_EMPTY_PATH);
    RAW(__NR_exit_group, 7);
}

void attack_writes(void) {
    opens_for("open-for-writing", READ_ONLY_FD, "file", O_WRONLY);
    opens_for("open-for-reading-and-writing", READ_ONLY_FD, "file", O_RDWR);
    opens_for("open-to-truncate", READ_ONLY_FD, "file", O_RDONLY | O_TRUNC);
    opens_for("named-pipe-for-writing", READ_ONLY_FD, "pipe", O_WRONLY | O_NONBLOCK);
    open_device();
    opens_for("create", READ_ONLY_FD, "new", O_CREAT | O_WRONLY);
    opens_for("create-unnamed", READ_ONLY_FD, ".", O_TMPFILE | O_RDWR);
    REFUSED("mkdir", __NR_mkdirat, READ_ONLY_FD, "made", 0700);
    REFUSED("unlink", __NR_unlinkat, READ_ONLY_FD, "unlinked", 0);
    REFUSED("rmdir", __NR_unlinkat, READ_ONLY_FD, "empty", 0x200);
    REFUSED("rename", __NR_renameat, READ_ONLY_FD, "renamed", READ_ONLY_FD, "other");
    REFUSED("renameat2", __NR_renameat2, READ_ONLY_FD, "file", READ_ONLY_FD, "true",
            2 /* exchange */);
    REFUSED("link", __NR_linkat, READ_ONLY_FD, "file", READ_ONLY_FD, "linked", 0);
    REFUSED("symlink", __NR_symlinkat, "file", READ_ONLY_FD, "symlinked");
    REFUSED("mknod", __NR_mknodat, READ_ONLY_FD, "fifo", 010600, 0);
    REFUSED("utimes", __NR_utimensat, READ_ONLY_FD, "file", 0, 0);
    REFUSED("chmod", __NR_fchmodat, READ_ONLY_FD, "file", 0777);
    REFUSED("chown", __NR_fchownat, READ_ONLY_FD, "file", 0, 0, 0);
    REFUSED("device-node", __NR_mknodat, READ_WRITE_FD, "device", 020600, 0x103);
    REFUSED("set-user-id", __NR_fchmodat, READ_WRITE_FD, "unlinked", 04755);
    attack_open_file();
    attack_set_id();
    executable = write_executable(READ_WRITE_FD);
    long status = executable < 0 ? executable : in_child(execute);
    report("execute-what-was-written", status == 7, status);
    RAW(__NR_close, executable);
    executable = open_raw(READ_ONLY_FD, "binary", O_RDONLY);
    status = executable < 0 ? executable : in_child(execute);
    report("execute-from-read-only", status == 7, status);
    REFUSED("execve", __NR_execve, "/bin/sh", 0, 0);
    REFUSED("map-for-execution", __NR_mmap, 0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, executable,
            0);
    RAW(__NR_close, executable);
}

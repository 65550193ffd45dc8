// SPDX-License-Identifier: BSD-2-Clause
// File systems that are an interface to the kernel: /proc shows and steers other processes, the
// others steer the machine, and file permissions are all that guards them. So no grant may reach
// into one, neither directly nor through a mount below the granted directory.
#include "filesystems.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/vfs.h>

// devpts is not among them, for a granted terminal lies there: what is in its directory are
// devices, which no grant of a directory opens. Neither are pipes, sockets and memory, which lie on
// file systems of their own.
static const struct {
    const char *name;
    uint32_t magic; // 0: shared with an ordinary one
} refused[] = {
    {"proc", 0x9fa0},
    {"sysfs", 0x62656572},
    {"cgroup", 0x27e0eb},
    {"cgroup2", 0x63677270},
    {"cpuset", 0},
    {"debugfs", 0x64626720},
    {"tracefs", 0x74726163},
    {"securityfs", 0x73636673},
    {"bpf", 0xcafe4a11},
    {"configfs", 0x62656570},
    {"efivarfs", 0xde5e81e4},
    {"pstore", 0x6165676c},
    {"selinuxfs", 0xf97cff8c},
    {"smackfs", 0x43415d53},
    {"aafs", 0x5a3c69f0},
    {"binfmt_misc", 0x42494e4d},
    {"nsfs", 0x6e736673},
    {"pidfs", 0x50494446},
    {"anon_inode", 0x09041934},
    {"resctrl", 0x7655821},
    {"fusectl", 0x65735543},
    {"nfsd", 0x6e667364},
    {"rpc_pipefs", 0x67596969},
    {"mqueue", 0x19800202},
    {"binder", 0x6c6f6f70},
    {"functionfs", 0xa647361},
    {"gadgetfs", 0xaee71ee7},
    {"usbfs", 0x9fa2},
    {"openpromfs", 0x9fa1},
    {"xenfs", 0xabba1974},
    {"spufs", 0x23c9b64e},
    {"s390_hypfs", 0x687970},
    {"ibmasmfs", 0x66726f67},
    {"ipathfs", 0x726a77},
    {"ocfs2_dlmfs", 0x76a9f425},
    {"oprofilefs", 0x6f70726f},
    {"gfs2meta", 0},
};

#define REFUSED_COUNT (sizeof refused / sizeof refused[0])

int filesystem_refuse(int fd, unsigned long *flags, const char *where, struct failure *failure) {
    struct statfs status;
    if (fstatfs(fd, &status) != 0)
        return failure_set(failure, "%s: cannot tell what file system this lies on: %s", where,
                           strerror(errno));
    if (flags != NULL)
        *flags = (unsigned long)status.f_flags;
    for (size_t i = 0; i < REFUSED_COUNT; i++)
        if (refused[i].magic != 0 && (uint32_t)status.f_type == refused[i].magic)
            return failure_set(failure,
                               "%s: this lies on the kernel's %s file system, which would give "
                               "power over other processes or the machine: copy what the program "
                               "needs to a file",
                               where, refused[i].name);
    return 0;
}

static bool name_is_refused(const char *name) {
    for (size_t i = 0; i < REFUSED_COUNT; i++)
        if (strcmp(name, refused[i].name) == 0)
            return true;
    return false;
}

int filesystem_refuse_mount(const char *type, const char *place, const char *where,
                            struct failure *failure) {
    if (!name_is_refused(type))
        return 0;
    return failure_set(failure,
                       "%s: this directory holds the kernel's %s file system at '%s', which would "
                       "give power over other processes or the machine: grant a directory further "
                       "down",
                       where, type, place);
}

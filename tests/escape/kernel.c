// SPDX-License-Identifier: BSD-2-Clause
// New name spaces, new privileges, other ways into the kernel.

#include "attack.h"

enum { CLONE_NEWUSER_ = 0x10000000, CLONE_NEWNS_ = 0x20000, SIGNAL_SYS = 31 };

static void interrupt_80(void) {
    long result;
    // openat on i386 is 295; its arguments do not matter: another architecture ends the process.
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"(295), "b"(-100L), "c"(0), "d"(0)
                     : "memory", "r8", "r9", "r10", "r11");
    RAW(__NR_exit_group, 1);
}

// Another door of the same architecture: Intel answers, AMD ends the process by SIGILL.
static void sysenter(void) {
    __asm__ volatile("mov %%rsp, %%rbp; sysenter" : : "a"(295) : "memory", "rcx", "rdx");
    RAW(__NR_exit_group, 1);
}

static void attack_name_spaces(void) {
    struct {
        uint64_t flags, rest[10];
    } args = {CLONE_NEWUSER_, {0}};
    REFUSED("clone3", __NR_clone3, &args, 88);
    REFUSED("clone3-size-0", __NR_clone3, 0, 0);
    REFUSED("clone-new-user", __NR_clone, CLONE_NEWUSER_ | 17, 0, 0, 0, 0);
    REFUSED("clone-new-mount", __NR_clone, CLONE_NEWNS_ | 17, 0, 0, 0, 0);
    REFUSED("clone-high-bits", __NR_clone, 0x100000000L | 17, 0, 0, 0, 0);
    REFUSED("clone-parent", __NR_clone, 0x8000 | 17, 0, 0, 0, 0);
    REFUSED("vfork", __NR_vfork);
    REFUSED("fork", __NR_fork);
    REFUSED("unshare-user", __NR_unshare, CLONE_NEWUSER_);
    REFUSED("unshare-mount", __NR_unshare, CLONE_NEWNS_);
    REFUSED("unshare-files", __NR_unshare, 0x400);
    REFUSED("setns", __NR_setns, READ_ONLY_FD, 0);
}

static void attack_mounts(void) {
    REFUSED("mount", __NR_mount, "none", ".", "tmpfs", 0, 0);
    REFUSED("mount-remount-writable", __NR_mount, 0, ".", 0, 32 | 4096, 0);
    REFUSED_UNSAFE("umount", __NR_umount2, "/", 2);
    REFUSED_UNSAFE("pivot_root", __NR_pivot_root, ".", ".");
    REFUSED("open_tree", __NR_open_tree, READ_ONLY_FD, "", 0x1000 | 1);
    REFUSED("move_mount", __NR_move_mount, READ_ONLY_FD, "", AT_FDCWD, "/", 4);
    REFUSED("mount_setattr", __NR_mount_setattr, READ_ONLY_FD, "", 0x1000, 0, 0);
    REFUSED("fsopen", __NR_fsopen, "proc", 0);
    REFUSED("fspick", __NR_fspick, READ_ONLY_FD, "", 0);
}

static void attack_interfaces(void) {
    char params[120] = {0};
    REFUSED("io_uring_setup", __NR_io_uring_setup, 1, params);
    REFUSED("io_uring_enter", __NR_io_uring_enter, 0, 1, 0, 0, 0, 0);
    REFUSED("io_uring_register", __NR_io_uring_register, -1, 0, 0, 0);
    REFUSED("bpf", __NR_bpf, 0, params, sizeof(params));
    REFUSED("perf_event_open", __NR_perf_event_open, params, 0, -1, -1, 0);
    REFUSED("userfaultfd", __NR_userfaultfd, 1);
    REFUSED("keyctl", __NR_keyctl, 0, -1, 1);
    REFUSED("add_key", __NR_add_key, "user", "x", "y", 1, -1);
    REFUSED("seccomp", __NR_seccomp, 0, 0, 0);
    REFUSED("landlock", __NR_landlock_create_ruleset, 0, 0, 1);
    REFUSED_UNSAFE("init_module", __NR_init_module, params, 1, "");
    REFUSED_UNSAFE("reboot", __NR_reboot, 0, 0, 0, 0);
    REFUSED_UNSAFE("sethostname", __NR_sethostname, "x", 1);
    REFUSED_UNSAFE("settimeofday", __NR_clock_settime, 0, params);
    REFUSED("syslog", __NR_syslog, 10, 0, 0);
    REFUSED_UNSAFE("iopl", __NR_iopl, 3);
    REFUSED("modify_ldt", __NR_modify_ldt, 0, params, 16);
    REFUSED("personality", __NR_personality, 0x0400000);
    REFUSED("inotify", __NR_inotify_init1, 0);
    REFUSED("fanotify", __NR_fanotify_init, 0, 0);
    REFUSED("timer_create", __NR_timer_create, 0, 0, params);
    REFUSED("mq_open", __NR_mq_open, "x", 0100, 0600, 0);
    REFUSED("shmget", __NR_shmget, 1, 4096, 01600);
    REFUSED("msgget", __NR_msgget, 1, 01600);
    REFUSED("semget", __NR_semget, 1, 1, 01600);
    REFUSED("setuid", __NR_setuid, 0);
    REFUSED("setgroups", __NR_setgroups, 0, 0);
    REFUSED("capset", __NR_capset, params, params);
    REFUSED_UNSAFE("acct", __NR_acct, 0);
    REFUSED_UNSAFE("quotactl", __NR_quotactl, 0, 0, 0, 0);
}

static void attack_prctl(void) {
    REFUSED("prctl-dumpable", __NR_prctl, 4, 1);
    REFUSED("prctl-set-mm", __NR_prctl, 35, 1, 0x400000, 0, 0);
    REFUSED("prctl-ptracer", __NR_prctl, 0x59616d61, -1);
    REFUSED("prctl-ambient-capability", __NR_prctl, 47, 2, 21, 0, 0);
    REFUSED("prctl-securebits", __NR_prctl, 28, 0);
    REFUSED("prctl-subreaper", __NR_prctl, 36, 1);
    REFUSED("prctl-no-death-signal", __NR_prctl, 1, 0);
    REFUSED("prctl-name", __NR_prctl, 15, "renamed");
}

void attack_kernel(void) {
    attack_name_spaces();
    attack_mounts();
    attack_interfaces();
    attack_prctl();
    enum { X32 = 0x40000000 };
    REFUSED("x32-getpid", X32 | __NR_getpid);
    REFUSED("x32-openat2", X32 | __NR_openat2, READ_ONLY_FD, "../" PATH_SECRET, 0, 24);
    REFUSED("x32-execve", X32 | 520, "/bin/sh", 0, 0);
    long status = in_child(interrupt_80);
    report("int-0x80", status == 128 + SIGNAL_SYS, status);
    status = in_child(sysenter);
    report("sysenter", status > 128, status);
    REFUSED("number-past-the-end", 100000);
    REFUSED("number-negative", -1);
}

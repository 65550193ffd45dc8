// SPDX-License-Identifier: BSD-2-Clause
// Parts of a directory, given to others: they are what the kernel holds those others to, and work
// as they did. escape/delegate.c attacks them.
#include "delegation.h"

#define LOOKING                                                                                    \
    (CLOUDABI_RIGHT_FILE_OPEN | CLOUDABI_RIGHT_FILE_READDIR | CLOUDABI_RIGHT_FILE_STAT_GET |       \
     CLOUDABI_RIGHT_FILE_STAT_FGET)

static cloudabi_fd_t near, far;

static cloudabi_fd_t pass(cloudabi_fd_t fd) {
    char byte;
    cloudabi_ciovec_t out_part = {"x", 1};
    cloudabi_iovec_t in_part = {&byte, 1};
    cloudabi_send_in_t out = {
        .si_data = &out_part, .si_data_len = 1, .si_fds = &fd, .si_fds_len = 1};
    cloudabi_send_out_t sent;
    cloudabi_fd_t arrived = UINT32_MAX;
    cloudabi_recv_in_t in = {
        .ri_data = &in_part, .ri_data_len = 1, .ri_fds = &arrived, .ri_fds_len = 1};
    cloudabi_recv_out_t received = {0};
    check_equal(cloudabi_sys_sock_send(near, &out, &sent), 0, "send");
    check_equal(cloudabi_sys_sock_recv(far, &in, &received), 0, "receive");
    return received.ro_fdslen == 1 ? arrived : UINT32_MAX;
}

static void make_tree(void) {
    cloudabi_fd_t fd;
    make_dir(DIR, "part");
    make_dir(DIR, "part/sub");
    make_dir(DIR, "part/sub/sub");
    static const char *const files[] = {"part/file", "part/sub/file"};
    for (int i = 0; i < 2; ++i) {
        open_at(LOOKUP(DIR), files[i], CLOUDABI_O_CREAT, WRITING, 0, &fd);
        check_equal(write_text(fd, "content"), 0, "a file");
        cloudabi_sys_fd_close(fd);
    }
}

static cloudabi_fd_t open_part(cloudabi_fd_t dir, const char *path) {
    cloudabi_fdstat_t st = fdstat(dir);
    cloudabi_fd_t fd = UINT32_MAX;
    check_equal(open_at(LOOKUP(dir), path, CLOUDABI_O_DIRECTORY,
                        st.fs_rights_base & st.fs_rights_inheriting, st.fs_rights_inheriting, &fd),
                0, "a part");
    return fd;
}

static bool same(cloudabi_fd_t a, cloudabi_fd_t b) {
    cloudabi_fdstat_t x = fdstat(a), y = fdstat(b);
    cloudabi_filestat_t s, t;
    return x.fs_filetype == y.fs_filetype && x.fs_rights_base == y.fs_rights_base &&
           x.fs_rights_inheriting == y.fs_rights_inheriting &&
           cloudabi_sys_file_stat_fget(a, &s) == 0 && cloudabi_sys_file_stat_fget(b, &t) == 0 &&
           s.st_ino == t.st_ino && s.st_dev == t.st_dev;
}

static void in_messages(void) {
    cloudabi_fd_t whole = pass(DIR), fd;
    check(same(DIR, whole), "passing: a whole directory is the same");
    check_equal(cloudabi_sys_file_rename(whole, STRING("part"), DIR, STRING("moved")), 0,
                "passing: files move between it and what it was passed from");
    rename_at(DIR, "moved", "part");
    cloudabi_fd_t part = open_part(DIR, "part"), arrived = pass(part);
    check(same(part, arrived), "passing: a subdirectory is the same");
    check(directory_lists(arrived) && directory_reads(arrived) && directory_changes(arrived),
          "passing: a subdirectory works as before");
    check(directory_lists(part) && directory_changes(part), "passing: what was passed still works");
    check_equal(open_at(LOOKUP(arrived), "..", 0, 0, 0, &fd), CLOUDABI_ENOTCAPABLE,
                "passing: nothing above a subdirectory");
    cloudabi_fd_t again = pass(arrived), deeper = pass(open_part(again, "sub"));
    check(directory_lists(again) && directory_changes(again), "passing twice: it works as before");
    check(directory_reads(deeper) && directory_lists(deeper),
          "passing: a part of what was passed works");
    cloudabi_fd_t looking = copy_with(part, LOOKING, LOOKING | READING), less = pass(looking);
    check(same(looking, less) && directory_lists(less) && directory_reads(less) &&
              directory_stays_as_it_is(less),
          "passing: fewer rights work as before");
    check(make_dir(part, "folder") == 0 &&
              unlink_at(part, "folder", CLOUDABI_UNLINK_REMOVEDIR) == 0,
          "passing: fewer rights of a copy take none away");
    const cloudabi_fd_t opened[] = {whole, part, arrived, again, deeper, looking, less};
    for (size_t i = 0; i < sizeof(opened) / sizeof(opened[0]); ++i)
        cloudabi_sys_fd_close(opened[i]);
}

static uint32_t run(cloudabi_fd_t target, const char *data, const cloudabi_fd_t *fds, size_t nfds) {
    cloudabi_fd_t child;
    cloudabi_tid_t tid;
    if (cloudabi_sys_proc_fork(&child, &tid) != 0)
        return 1000;
    if (child == CLOUDABI_PROCESS_CHILD) {
        cloudabi_sys_proc_exec(target, data, strlen(data), fds, nfds);
        cloudabi_sys_proc_exit(99);
    }
    cloudabi_event_t event = wait_process(child);
    cloudabi_sys_fd_close(child);
    return event.error == 0 ? event.proc_terminate.exitcode : 1001;
}

static void in_processes(void) {
    cloudabi_fd_t target = UINT32_MAX, part = open_part(DIR, "part");
    open_at(LOOKUP(PROGRAMS), "loader_program_exec_target", 0,
            READING | CLOUDABI_RIGHT_PROC_EXEC | CLOUDABI_RIGHT_MEM_MAP |
                CLOUDABI_RIGHT_MEM_MAP_EXEC,
            0, &target);
    cloudabi_fd_t looking = copy_with(part, LOOKING, LOOKING | READING);
    const cloudabi_fd_t list[] = {OUTPUT, part, looking, target};
    check_equal(run(target, "delegated", list, 4), 0,
                "exec: a subdirectory and fewer rights work as before, once and again");
    check(directory_lists(part) && directory_changes(part), "exec: what was given still works");

    // A list that is refused changes nothing, and leaves nothing open.
    const cloudabi_fd_t bad[] = {OUTPUT, part, looking, 9999};
    cloudabi_fd_t before, after;
    cloudabi_sys_fd_dup(OUTPUT, &before);
    cloudabi_sys_fd_close(before);
    check_equal(cloudabi_sys_proc_exec(target, "", 0, bad, 4), CLOUDABI_EBADF,
                "exec: a bad entry behind a subdirectory");
    cloudabi_sys_fd_dup(OUTPUT, &after);
    cloudabi_sys_fd_close(after);
    check_equal(after, before, "exec: what was refused leaves nothing open");
    cloudabi_sys_fd_close(target);
    cloudabi_sys_fd_close(part);
    cloudabi_sys_fd_close(looking);
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    make_tree();
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &near, &far);
    in_messages();
    in_processes();
    finish();
}

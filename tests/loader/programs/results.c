// SPDX-License-Identifier: BSD-2-Clause
// What calls give back to the last byte, what they refuse for its size, and what they leave in the
// granted directory for test_modes.py to look at.
#include "helpers.h"

#define PAGE 4096
#define RW (CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE)
#define ANON (CLOUDABI_MAP_ANON | CLOUDABI_MAP_PRIVATE)
#define NO_FD CLOUDABI_MAP_ANON_FD
#define STREAM CLOUDABI_FILETYPE_SOCKET_STREAM
#define DGRAM CLOUDABI_FILETYPE_SOCKET_DGRAM
#define MOST 252

static size_t n;
static void *mem;

// Whether all bytes of a structure but those of its members, as marked in `used`, are 0.
static bool rest_is_zero(const void *bytes, const char *used) {
    for (size_t i = 0; used[i] != '\0'; ++i) {
        if (used[i] == '.' && ((const char *)bytes)[i] != 0)
            return false;
    }
    return true;
}

static void padding(void) {
    cloudabi_fdstat_t st;
    memset(&st, 0xff, sizeof(st));
    check(cloudabi_sys_fd_stat_get(DIR, &st) == 0 && rest_is_zero(&st, "t.ff....bbbbbbbbiiiiiiii"),
          "fd_stat_get: unused bytes are 0");
    cloudabi_filestat_t file;
    static const char used[] = "ddddddddiiiiiiiit...nnnnssssssssaaaaaaaammmmmmmmcccccccc";
    memset(&file, 0xff, sizeof(file));
    check(cloudabi_sys_file_stat_fget(DIR, &file) == 0 && rest_is_zero(&file, used),
          "file_stat_fget: unused bytes are 0");
    memset(&file, 0xff, sizeof(file));
    check(stat_at(LOOKUP(DIR), ".", &file) == 0 && rest_is_zero(&file, used),
          "file_stat_get: unused bytes are 0");
}

static void sizes(void) {
    check_equal(cloudabi_sys_mem_map(NULL, (size_t)1 << 47, RW, ANON, NO_FD, 0, &mem),
                CLOUDABI_ENOMEM, "mem_map: more than there can be is NOMEM");
    check_equal(cloudabi_sys_mem_map(NULL, 0, RW, ANON, NO_FD, 0, &mem), CLOUDABI_EINVAL,
                "mem_map of nothing is INVAL");
    check_equal(cloudabi_sys_mem_map(NULL, PAGE, RW, CLOUDABI_MAP_SHARED, 0, 1, &mem) == 0, 0,
                "mem_map of a descriptor that cannot be mapped fails");
    cloudabi_sys_mem_map(NULL, PAGE, RW, ANON, NO_FD, 0, &mem);
    cloudabi_sys_mem_unmap(mem, PAGE);
    check_equal(cloudabi_sys_mem_protect(mem, PAGE, RW), CLOUDABI_ENOMEM,
                "mem_protect where nothing is: NOMEM");
    check_equal(cloudabi_sys_mem_sync(mem, PAGE, CLOUDABI_MS_SYNC), CLOUDABI_ENOMEM,
                "mem_sync where nothing is: NOMEM");
    check_equal(cloudabi_sys_mem_advise(mem, PAGE, CLOUDABI_ADVICE_RANDOM), CLOUDABI_ENOMEM,
                "mem_advise where nothing is: NOMEM");
    check_equal(cloudabi_sys_mem_unmap(mem, 0), CLOUDABI_EINVAL, "mem_unmap of nothing is INVAL");
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_CLOCK};
    cloudabi_event_t out;
    check_equal(cloudabi_sys_poll(&in, &out, (size_t)1 << 42, &n), CLOUDABI_ENOMEM,
                "poll: more than memory can hold is NOMEM");
    check_equal(cloudabi_sys_random_get(NULL, 0), 0, "random_get of nothing");
    cloudabi_threadattr_t attr = {NULL, (void *)(UINTPTR_MAX - 100), 4096, NULL};
    cloudabi_tid_t tid;
    check_equal(cloudabi_sys_thread_create(&attr, &tid), CLOUDABI_EINVAL,
                "thread_create: a stack beyond all memory is INVAL");
}

static void opening(void) {
    cloudabi_fd_t fd;
    check_equal(open_at(LOOKUP(DIR), "none", 0x10, CLOUDABI_RIGHT_FD_READ, 0, &fd), CLOUDABI_EINVAL,
                "file_open: an unknown oflags bit is INVAL");
    check_equal(open_at(LOOKUP(DIR), "none/", CLOUDABI_O_CREAT, WRITING, 0, &fd) == 0, 0,
                "file_open: CREAT of a name with a slash fails");
    check_equal(stat_at(LOOKUP(DIR), "none", &(cloudabi_filestat_t){0}), CLOUDABI_ENOENT,
                "and makes nothing");
    check_equal(make_file(DIR, "mode_file"), 0, "a new file");
    check_equal(make_dir(DIR, "mode_directory"), 0, "a new directory");
}

static cloudabi_errno_t send_some(cloudabi_fd_t fd, const cloudabi_fd_t *fds, size_t count) {
    cloudabi_ciovec_t part = {"x", 1};
    cloudabi_send_in_t in = {
        .si_data = &part, .si_data_len = 1, .si_fds = fds, .si_fds_len = count};
    cloudabi_send_out_t out;
    return cloudabi_sys_sock_send(fd, &in, &out);
}

static void sockets(void) {
    static cloudabi_fd_t many[MOST + 1], got[MOST];
    cloudabi_fd_t a, b;
    char buf[16];
    cloudabi_iovec_t part = {buf, sizeof(buf)};
    cloudabi_recv_in_t in = {.ri_data = &part, .ri_data_len = 1, .ri_fds = got, .ri_fds_len = MOST};
    cloudabi_recv_out_t out;
    cloudabi_sys_fd_create2(DGRAM, &a, &b);
    write_text(a, "one");
    write_text(a, "three");
    check(read_bytes(b, buf, sizeof(buf), &n) == 0 && n == 3 &&
              read_bytes(b, buf, sizeof(buf), &n) == 0 && n == 5,
          "datagrams stay apart");
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
    cloudabi_sys_fd_create2(STREAM, &a, &b);
    check_equal(cloudabi_sys_fd_seek(a, 0, CLOUDABI_WHENCE_SET, &(cloudabi_filesize_t){0}),
                CLOUDABI_ENOTCAPABLE, "fd_seek: no socket has the right");
    many[0] = copy_with(DIR, 0, 0);
    check_equal(cloudabi_sys_sock_send(a, &(cloudabi_send_in_t){.si_fds = many, .si_fds_len = 1},
                                       &(cloudabi_send_out_t){0}),
                CLOUDABI_EINVAL, "sock_send: descriptors without a byte of a stream are INVAL");
    check(send_some(a, many, 1) == 0 && cloudabi_sys_sock_recv(b, &in, &out) == 0 &&
              out.ro_fdslen == 1 && fdstat(got[0]).fs_filetype == CLOUDABI_FILETYPE_DIRECTORY &&
              fdstat(got[0]).fs_rights_base == 0,
          "sock_send: what has no right at all can be sent");
    cloudabi_sys_fd_close(got[0]);
    cloudabi_sys_fd_close(many[0]);
    for (size_t i = 0; i < MOST + 1; ++i)
        many[i] = OUTPUT;
    check_equal(send_some(a, many, MOST + 1), CLOUDABI_EINVAL,
                "sock_send: 253 descriptors are INVAL");
    check_equal(send_some(a, many, MOST), 0, "sock_send: 252 are sent");
    memset(&out, 0xff, sizeof(out));
    check(cloudabi_sys_sock_recv(b, &in, &out) == 0 && out.ro_fdslen == MOST, "and arrive");
    check(rest_is_zero(&out, "dddddddd"
                             "ffffffff"
                             "........................................"
                             "oo......"),
          "sock_recv: unused bytes are 0");
    for (size_t i = 0; i < MOST; ++i)
        cloudabi_sys_fd_close(got[i]);
}

static void released(void) {
    static _Atomic(cloudabi_lock_t) lock;
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_LOCK_WRLOCK};
    in.lock.lock = &lock;
    in.lock.lock_scope = CLOUDABI_SCOPE_PRIVATE;
    cloudabi_event_t out;
    check(cloudabi_sys_poll(&in, &out, 1, &n) == 0 && out.error == 0 && lock != 0 &&
              cloudabi_sys_lock_unlock(&lock, CLOUDABI_SCOPE_PRIVATE) == 0 && lock == 0,
          "lock_unlock: a lock without sleepers is released");
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    padding();
    sizes();
    opening();
    sockets();
    released();
}

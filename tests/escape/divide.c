// SPDX-License-Identifier: BSD-2-Clause
// Attenuation, in either mode: a subdirectory that is given away leads nowhere above it, and one
// that is given away for reading is not written. Against machine code; see test_divide.py.

#include "narrow.h"

#include "crt.h"

enum { TREE_FD = 1, PEER_FD = 2 };

static void attack_reading(long sub) {
    long narrow = attenuate(sub, LOOKING, LOOKING);
    report("for-reading", narrow >= 0, narrow);
    narrow_name("read-", "");
    attack_above(narrow, 1);
    attack_write(narrow);
    attack_execute(narrow);
    long place = open_raw((int)narrow, "sub", O_RDONLY | O_DIRECTORY);
    long deeper = attenuate(place, ALL, ALL);
    report("again", deeper >= 0, deeper);
    narrow_name("deeper-", "");
    attack_above(deeper, 2);
    attack_write(deeper);
    attack_execute(deeper);
    RAW(__NR_close, deeper);
    RAW(__NR_close, place);
    RAW(__NR_close, narrow);
}

static void attack_writing(long sub) {
    long narrow = attenuate(sub, ALL, ALL);
    report("for-writing", narrow >= 0, narrow);
    narrow_name("write-", "");
    attack_above(narrow, 1);
    use_for_writing(narrow);
    RAW(__NR_close, narrow);
    // What it was made from has lost nothing.
    works("original", open_raw((int)sub, "file", O_RDWR));
}

// From somebody outside, who knows of no sandbox: nobody granted it.
static void attack_received(void) {
    int fds[RECEIVED_MAX];
    long got = receive(PEER_FD, fds);
    report("received", got == 1, got);
    narrow_name("received-", "");
    refused("attenuate", attenuate(fds[0], ALL, ALL));
    refused("attenuate-for-reading", attenuate(fds[0], LOOKING, LOOKING));
    RAW(__NR_close, fds[0]);
}

static void attack_requests(long sub) {
    long request[5] = {0, 0, 0, ~0L, ~0L};
    narrow_name("request-", "");
    refused("pointer", RAW(__NR_openat2, sub, "", 8, sizeof(request)));
    refused("path-pointer", RAW(__NR_openat2, sub, 8, request, sizeof(request)));
    refused("path", RAW(__NR_openat2, sub, "sub", request, sizeof(request)));
    refused("not-open", attenuate(99999, ALL, ALL));
    refused("negative", attenuate(-1, ALL, ALL));
    refused("working-directory", attenuate(AT_FDCWD, ALL, ALL));
    refused("stream", attenuate(PEER_FD, ALL, ALL));
    request[1] = 1;
    refused("mode", RAW(__NR_openat2, sub, "", request, sizeof(request)));
    request[1] = 0;
    request[0] = O_RDWR;
    refused("flags", RAW(__NR_openat2, sub, "", request, sizeof(request)));
    long failed = 0;
    for (int i = 0; i < 600; ++i) {
        long fd = attenuate(sub, LOOKING, LOOKING);
        failed += fd < 0;
        RAW(__NR_close, fd);
    }
    report("often", failed == 0, failed);
}

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    attack_begin();
    long sub = open_raw(TREE_FD, "sub", O_RDONLY | O_DIRECTORY);
    attack_reading(sub);
    attack_writing(sub);
    attack_received();
    attack_requests(sub);
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}

// SPDX-License-Identifier: BSD-2-Clause
// Racing path resolution against renames: from inside in the read-write directory, from outside
// (run.py moves `moving` about, also out of the grant) in both.

#include "attack.h"

enum { RACE_MS = 1000 };

static void move_about(void) {
    for (;;) {
        RAW(__NR_renameat, READ_WRITE_FD, "deep/a/b/racer", READ_WRITE_FD, "racer");
        RAW(__NR_renameat, READ_WRITE_FD, "racer", READ_WRITE_FD, "deep/a/b/racer");
    }
}

static long run_race(int directory, const char *const paths[], size_t count) {
    long reached = 0;
    long end = now_ms() + RACE_MS;
    do
        for (int round = 0; round < 100; ++round)
            for (size_t i = 0; i < count; ++i)
                reached += reaches_secret(directory, paths[i]);
    while (now_ms() < end);
    return reached;
}

void attack_races(void) {
    static const char *const inside[] = {
        "deep/a/b/racer/../../../../../" PATH_SECRET,
        "racer/../../" PATH_SECRET,
        "deep/a/b/racer/x/../../../../../../" PATH_SECRET,
        "racer/x/../../../" PATH_SECRET,
    };
    static const char *const outside[] = {
        "moving/../../" PATH_SECRET,
        "moving/../" PATH_SECRET,
        "moving/inner/../../../" PATH_SECRET,
        "deep/moving/../../../" PATH_SECRET,
    };
    int pidfd = -1;
    int tid;
    long pid = RAW(__NR_clone, 0x01001011, 0, &pidfd, &tid, 0);
    if (pid == 0)
        move_about();
    long reached = run_race(READ_WRITE_FD, inside, 4);
    report("rename-race-from-inside", pid > 0 && reached == 0, pid > 0 ? reached : pid);
    RAW(__NR_pidfd_send_signal, pidfd, 9, 0, 0);
    reached = run_race(READ_ONLY_FD, outside, 4);
    report("rename-race-from-outside-read-only", reached == 0, reached);
    reached = run_race(READ_WRITE_FD, outside, 4);
    report("rename-race-from-outside-read-write", reached == 0, reached);
}

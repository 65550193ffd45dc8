// SPDX-License-Identifier: BSD-2-Clause
// Named checks, told through descriptor 0.

#include "runtime.h"

static unsigned passed, failed;

static const char *decimal(char digits[24], uint64_t number) {
    char *at = digits + 23;
    *at = '\0';
    do
        *--at = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    return at;
}

static void tell(const char *const *parts, size_t count) {
    struct vec line[6];
    for (size_t i = 0; i < count; ++i)
        line[i] = (struct vec){parts[i], strlen(parts[i])};
    size_t written;
    cloudabi_sys_fd_write(0, line, count, &written);
}

void check(bool ok, const char *name) {
    tell((const char *[]){ok ? "ok " : "not ok ", name, "\n"}, 3);
    if (ok)
        ++passed;
    else
        ++failed;
}

void check_equal(uint64_t got, uint64_t wanted, const char *name) {
    char first[24], second[24];
    if (got != wanted)
        tell((const char *[]){"# got ", decimal(first, got), ", wanted ", decimal(second, wanted),
                              "\n"},
             5);
    check(got == wanted, name);
}

_Noreturn void finish(void) {
    char first[24], second[24];
    tell((const char *[]){"# ", decimal(first, passed), " passed, ", decimal(second, failed),
                          " failed\n"},
         5);
    cloudabi_sys_proc_exit(failed == 0 && passed > 0 ? 0 : 1);
}

struct ending in_child(void (*run)(void *), void *argument) {
    uint32_t fd, tid;
    struct ending ending = {.error = cloudabi_sys_proc_fork(&fd, &tid)};
    if (ending.error != 0)
        return ending;
    if (fd == CHILD) {
        run(argument);
        cloudabi_sys_proc_exit(0);
    }
    struct subscription wait = {.type = EVENT_PROC_TERMINATE, .fd = {.fd = fd}};
    struct event event;
    size_t n;
    ending.error = cloudabi_sys_poll(&wait, &event, 1, &n);
    if (ending.error == 0)
        ending = (struct ending){event.error, event.terminate.signal, event.terminate.exitcode};
    cloudabi_sys_fd_close(fd);
    return ending;
}

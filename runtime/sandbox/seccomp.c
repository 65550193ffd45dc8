// SPDX-License-Identifier: BSD-2-Clause
// The system call filters, generated from seccomp.toml.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "layers.h"
#include "listener.h"
#include "messenger.h"
#include "seccomp_filter.h"

struct filter {
    unsigned short length;
    const struct sock_filter *code;
};

#define FILTER(name)                                                                               \
    { sizeof name / sizeof name[0], name }

// A call that the other side has begun is not cut short by a signal, and so never made twice.
static int install(const struct sock_fprog *program) {
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                        SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV,
                        program);
}

static int install_unheard(const struct sock_fprog *program, struct failure *failure) {
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0) == 0)
        return 0;
    return failure_set(failure,
                       "the kernel denies a system call filter: %s: it needs "
                       "CONFIG_SECCOMP_FILTER",
                       strerror(errno));
}

// Puts the filter on and sends its descriptor. 1 if so; 0, with errno, where the kernel denies such
// (0 itself is not one: standard input is open); -1 if it could not be sent.
static int install_and_send(const struct sock_fprog *program, bool datagrams, int channel_fd,
                            struct failure *failure) {
    struct messenger messenger;
    if (datagrams && messenger_start(channel_fd, &messenger, failure) != 0)
        return -1;
    errno = 0;
    int listener = install(program);
    int error = errno, sent = 0;
    if (datagrams)
        sent = messenger_finish(&messenger, listener);
    else if (listener > 0)
        sent = channel_send(channel_fd, listener);
    // Who holds it could answer its own calls.
    if ((listener > 0 && close(listener) != 0) || sent != 0)
        return failure_set(failure, "cannot hand the filter to the supervisor");
    errno = error;
    return listener > 0;
}

int layer_seccomp(bool datagrams, int *listener, struct failure *failure) {
    static const struct filter filters[] = {FILTER(cloudabi_seccomp_filter),
                                            FILTER(cloudabi_seccomp_filter_datagrams)};
    struct sock_fprog program = {filters[datagrams].length,
                                 (struct sock_filter *)filters[datagrams].code};
    *listener = install(&program);
    if (*listener > 0)
        return 0;
    *listener = -1;
    // Nobody answers, so the request fails; all else is as it should be.
    return install_unheard(&program, failure);
}

int layer_seccomp_mounter(struct failure *failure) {
    struct sock_fprog program = {
        .len = sizeof cloudabi_seccomp_mounter / sizeof cloudabi_seccomp_mounter[0],
        .filter = (struct sock_filter *)cloudabi_seccomp_mounter,
    };
    return install_unheard(&program, failure);
}

int layer_seccomp_strict(int channel_fd, bool datagrams, struct failure *failure) {
    static const struct filter filters[] = {FILTER(cloudabi_seccomp_strict),
                                            FILTER(cloudabi_seccomp_strict_datagrams)};
    struct sock_fprog program = {filters[datagrams].length,
                                 (struct sock_filter *)filters[datagrams].code};
    int result = install_and_send(&program, datagrams, channel_fd, failure);
    if (result != 0)
        return result > 0 ? 0 : -1;
    return failure_set(failure,
                       "the kernel denies a system call filter with a supervisor: %s: it needs "
                       "CONFIG_SECCOMP_FILTER, and that no such filter is there already",
                       errno == 0 ? "no descriptor" : strerror(errno));
}

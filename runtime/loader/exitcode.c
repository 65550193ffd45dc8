// SPDX-License-Identifier: BSD-2-Clause
// Exit codes of 32 bits.

#include "exitcode.h"

linux_result exitcode_make(void) {
    linux_result record = LINUX(memfd_create, "", MFD_CLOEXEC | MFD_NOEXEC_SEAL);
    if (record < 0)
        return record;
    uint32_t none = 0;
    struct iovec part = {.iov_base = &none, .iov_len = sizeof(none)};
    linux_result result = LINUX(writev, record, &part, 1);
    if (result >= 0)
        result = LINUX(fcntl, record, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW);
    if (result >= 0)
        return record;
    LINUX(close, record);
    return result;
}

const volatile uint32_t *exitcode_watch(int record) {
    linux_result at = LINUX(mmap, NULL, PAGE_SIZE, PROT_READ, MAP_SHARED, record, 0);
    LINUX(close, record);
    return at < 0 ? NULL : (const volatile uint32_t *)at;
}

void exitcode_forget(const volatile uint32_t *record) {
    if (record != NULL)
        LINUX(munmap, record, PAGE_SIZE);
}

void exitcode_adopt(int record) {
    if (state.exit_fd >= 0)
        LINUX(close, state.exit_fd);
    state.exit_fd = record;
}

void exitcode_tell(uint32_t code) {
    struct iovec part = {.iov_base = &code, .iov_len = sizeof(code)};
    if (state.exit_fd >= 0)
        LINUX(pwritev, state.exit_fd, &part, 1, 0, 0);
}

uint32_t exitcode_of(cloudabi_fd_t process, uint32_t low) {
    uint32_t code = low;
    fds_lock();
    const struct descriptor *entry = fds_entry(process);
    if (entry != NULL && entry->exitcode != NULL)
        code = *entry->exitcode;
    fds_unlock();
    // It is the child's word only: what Linux says counts.
    return (code & 0xff) == low ? code : low;
}

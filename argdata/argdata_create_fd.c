// SPDX-License-Identifier: BSD-2-Clause
// Descriptor values.

#include <errno.h>

#include "argdata_impl.h"

static int same_fd(void *arg, size_t fd) {
    (void)arg;
    return (int)fd;
}

argdata_t *argdata_create_fd(int fd) {
    if (fd < 0) {
        errno = EBADF;
        return NULL;
    }
    uint8_t payload[ARGDATA_FD_SIZE];
    argdata_store32(payload, (uint32_t)fd);
    argdata_t *ad = argdata_new_encoded(ARGDATA_TAG_FD, payload, sizeof(payload));
    if (ad != NULL)
        ad->buffer.convert_fd = same_fd;
    return ad;
}

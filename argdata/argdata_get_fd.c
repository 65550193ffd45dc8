// SPDX-License-Identifier: BSD-2-Clause
// Access to descriptors.

#include <errno.h>

#include "argdata_impl.h"

int argdata_convert(const argdata_t *ad, uint32_t number) {
    if (number == ARGDATA_FD_INVALID || ad->buffer.convert_fd == NULL)
        return -1;
    return ad->buffer.convert_fd(ad->buffer.convert_arg, number);
}

int argdata_get_fd(const argdata_t *ad, int *fd) {
    const uint8_t *payload;
    size_t length;
    int error = argdata_payload(ad, ARGDATA_TAG_FD, &payload, &length);
    if (error != 0)
        return error;
    if (length != ARGDATA_FD_SIZE)
        return EINVAL;
    int real = argdata_convert(ad, argdata_load32(payload));
    if (real < 0)
        return EBADF;
    *fd = real;
    return 0;
}

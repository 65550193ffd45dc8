// SPDX-License-Identifier: BSD-2-Clause
// Access to timestamps: a number of up to 96 bits is divided into seconds and nanoseconds.

#include <errno.h>

#include "argdata_impl.h"

int argdata_get_timestamp(const argdata_t *ad, struct timespec *value) {
    const uint8_t *payload;
    size_t length;
    int error = argdata_payload(ad, ARGDATA_TAG_TIMESTAMP, &payload, &length);
    if (error != 0)
        return error;
    if (length > ARGDATA_TIMESTAMP_SIZE_MAX)
        return ERANGE;

    // Rounding towards minus infinity is the complement of rounding the complement down.
    uint8_t flip = length > 0 && payload[0] >= 0x80 ? 0xff : 0x00;
    int64_t sec = 0;
    uint64_t nsec = 0;
    for (size_t i = 0; i < length; ++i) {
        if (sec > INT64_MAX >> 8)
            return ERANGE;
        nsec = nsec << 8 | (payload[i] ^ flip);
        sec = sec << 8 | (int64_t)(nsec / ARGDATA_NSEC_PER_SEC);
        nsec %= ARGDATA_NSEC_PER_SEC;
    }
    if (flip != 0) {
        sec = ~sec;
        nsec = ARGDATA_NSEC_PER_SEC - 1 - nsec;
    }
    if ((time_t)sec != sec)
        return ERANGE;
    *value = (struct timespec){.tv_sec = (time_t)sec, .tv_nsec = (long)nsec};
    return 0;
}

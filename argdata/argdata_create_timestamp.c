// SPDX-License-Identifier: BSD-2-Clause
// Timestamps, stored as nanoseconds in their shortest form.

#include <errno.h>

#include "argdata_impl.h"

argdata_t *argdata_create_timestamp(const struct timespec *value) {
    if (value->tv_nsec < 0 || value->tv_nsec >= ARGDATA_NSEC_PER_SEC) {
        errno = EINVAL;
        return NULL;
    }

    // Work on the value if it is not negative, else on its complement, which is not negative
    // either: ~(s * 10^9 + n) = ~s * 10^9 + (10^9 - 1 - n).
    int64_t sec = value->tv_sec;
    bool negative = sec < 0;
    uint64_t whole = (uint64_t)(negative ? ~sec : sec);
    uint64_t part =
        (uint64_t)(negative ? ARGDATA_NSEC_PER_SEC - 1 - value->tv_nsec : value->tv_nsec);

    uint64_t low = (whole & UINT32_MAX) * ARGDATA_NSEC_PER_SEC + part;
    uint64_t high = (whole >> 32) * ARGDATA_NSEC_PER_SEC + (low >> 32);
    uint8_t payload[ARGDATA_TIMESTAMP_SIZE_MAX];
    argdata_store64(payload, negative ? ~high : high);
    argdata_store32(payload + 8, (uint32_t)(negative ? ~low : low));
    size_t skip = argdata_int_redundant(payload, sizeof(payload));
    return argdata_new_encoded(ARGDATA_TAG_TIMESTAMP, payload + skip, sizeof(payload) - skip);
}

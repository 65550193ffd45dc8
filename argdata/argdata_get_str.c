// SPDX-License-Identifier: BSD-2-Clause
// Access to strings.

#include <errno.h>
#include <string.h>

#include "argdata_impl.h"

int argdata_get_str(const argdata_t *ad, const char **str, size_t *len) {
    if (ad->kind == ARGDATA_KIND_STR) {
        *str = ad->bytes;
        *len = ad->length;
        return 0;
    }
    const uint8_t *payload;
    size_t length;
    int error = argdata_payload(ad, ARGDATA_TAG_STR, &payload, &length);
    if (error != 0)
        return error;
    if (length == 0 || payload[length - 1] != '\0')
        return EINVAL;
    if (!argdata_utf8_valid(payload, length - 1))
        return EILSEQ;
    *str = (const char *)payload;
    *len = length - 1;
    return 0;
}

int argdata_get_str_c(const argdata_t *ad, const char **str) {
    const char *text;
    size_t length;
    int error = argdata_get_str(ad, &text, &length);
    if (error != 0)
        return error;
    if (length > 0 && memchr(text, '\0', length) != NULL)
        return EILSEQ;
    *str = text;
    return 0;
}

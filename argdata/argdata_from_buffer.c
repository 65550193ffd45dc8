// SPDX-License-Identifier: BSD-2-Clause
// Values made of serialized bytes, and the look at their tag.

#include <errno.h>

#include "argdata_impl.h"

argdata_t *argdata_from_buffer(const void *buf, size_t len, argdata_convert_fd *convert_fd,
                               void *arg) {
    argdata_t *ad = argdata_new(ARGDATA_KIND_BUFFER, len);
    if (ad == NULL)
        return NULL;
    ad->buffer.bytes = buf;
    ad->buffer.convert_fd = convert_fd;
    ad->buffer.convert_arg = arg;
    return ad;
}

enum argdata_tag argdata_tag_of(const argdata_t *ad) {
    switch (ad->kind) {
    case ARGDATA_KIND_BUFFER:
        if (ad->length == 0 || ad->buffer.bytes[0] > ARGDATA_TAG_TIMESTAMP)
            return ARGDATA_TAG_UNKNOWN;
        return (enum argdata_tag)ad->buffer.bytes[0];
    case ARGDATA_KIND_BINARY:
        return ARGDATA_TAG_BINARY;
    case ARGDATA_KIND_STR:
        return ARGDATA_TAG_STR;
    case ARGDATA_KIND_MAP:
        return ARGDATA_TAG_MAP;
    case ARGDATA_KIND_SEQ:
        return ARGDATA_TAG_SEQ;
    }
    return ARGDATA_TAG_UNKNOWN;
}

int argdata_payload(const argdata_t *ad, enum argdata_tag tag, const uint8_t **payload,
                    size_t *length) {
    if (ad->kind != ARGDATA_KIND_BUFFER || ad->length == 0 || ad->buffer.bytes[0] != tag)
        return EINVAL;
    *payload = ad->buffer.bytes + 1;
    *length = ad->length - 1;
    return 0;
}

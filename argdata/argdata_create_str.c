// SPDX-License-Identifier: BSD-2-Clause
// Strings from memory of the caller.

#include <errno.h>
#include <string.h>

#include "argdata_impl.h"

argdata_t *argdata_create_str(const char *str, size_t len) {
    if (!argdata_utf8_valid(str, len)) {
        errno = EILSEQ;
        return NULL;
    }
    argdata_t *ad = argdata_new(ARGDATA_KIND_STR, len);
    if (ad != NULL)
        ad->bytes = str;
    return ad;
}

argdata_t *argdata_create_str_c(const char *str) {
    return argdata_create_str(str, strlen(str));
}

// SPDX-License-Identifier: BSD-2-Clause
// Destruction of one node.

#include <stdlib.h>

#include "argdata_impl.h"

void argdata_free(argdata_t *ad) {
    free(ad);
}

// SPDX-License-Identifier: BSD-2-Clause
// Files that may be read, and written at their end alone.
#ifndef CLOUDABI_SANDBOX_APPENDING_H
#define CLOUDABI_SANDBOX_APPENDING_H

#include "marks.h"

// Whether a descriptor with these flags of F_GETFL is one of those.
bool appends_only(int flags, const struct rights *rights);

// Said before the program starts. Where there is no such grant, there is no such descriptor later:
// none is made, for mappings may have been allowed that would go around it.
void appending_granted(void);
bool appending_is_granted(void);

#endif

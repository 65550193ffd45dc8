/* SPDX-License-Identifier: BSD-2-Clause */
/* There are no numbered system calls: a file of musl that makes one does not compile, and is then
 * replaced by one that goes through the ABI. */
#ifndef _INTERNAL_SYSCALL_H
#define _INTERNAL_SYSCALL_H

#include <errno.h>
#include <features.h>

#endif

// SPDX-License-Identifier: BSD-2-Clause
// Exit codes have 32 bits, of which Linux passes on 8. The whole one goes through a memory file
// that a process writes at its exit and its maker has mapped. It survives exec in the child; a
// maker that execs sees the low 8 bits only.
#ifndef LOADER_EXITCODE_H
#define LOADER_EXITCODE_H

#include "fds.h"

// A record for a child to be; a descriptor or -errno. It can neither grow nor shrink: a child
// cannot make its maker's mapping fault.
linux_result exitcode_make(void);
// In the maker: maps the record and closes the descriptor. Null if it cannot be mapped.
const volatile uint32_t *exitcode_watch(int record);
// With the descriptor table locked, when nobody watches any more.
void exitcode_forget(const volatile uint32_t *record);
// In the child: this is its record from now on.
void exitcode_adopt(int record);
// By the process that exits.
void exitcode_tell(uint32_t code);
// The whole of an exit code whose low 8 bits are known.
uint32_t exitcode_of(cloudabi_fd_t process, uint32_t low);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Starting a program anew from within the sandbox. */
#ifndef EXEC_H
#define EXEC_H

#include "attack.h"

/* Becomes the program, with these descriptors and argument data. Returns an error number only. */
long exec_raw(int program_fd, int loader_fd, const int fds[], uint32_t count, const char *data,
              uint64_t data_len);

#endif

// SPDX-License-Identifier: BSD-2-Clause
// What the whole library shares. The program has no name of its own to be kept here.

#include "libc.h"

struct __libc __libc;

// SPDX-License-Identifier: BSD-2-Clause
// The library's shared state. musl's file also defines the program's name, which nothing tells here.

#include "libc.h"

struct __libc __libc;

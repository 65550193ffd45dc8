// SPDX-License-Identifier: BSD-2-Clause
// Only a dynamic linker can find out at run time that malloc() was replaced.

#include <features.h>

hidden int __malloc_replaced;
hidden int __aligned_alloc_replaced;

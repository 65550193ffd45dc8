/* SPDX-License-Identifier: BSD-2-Clause */
/* What calloc() takes from here; there is no dynamic linker. */
#ifndef _INTERNAL_DYNLINK_H
#define _INTERNAL_DYNLINK_H

#include <features.h>

extern hidden int __malloc_replaced;
hidden int __malloc_allzerop(void *);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Functions that take their locale as an argument, out of those that use the thread's. */
#ifndef WITH_LOCALE_H
#define WITH_LOCALE_H

#include <locale.h>

/* The value of `expression` while the calling thread uses `locale`. */
#define WITH_LOCALE(locale, expression)                                                            \
    ({                                                                                             \
        locale_t used = uselocale(locale);                                                         \
        __typeof__(expression) value = (expression);                                               \
        uselocale(used);                                                                           \
        value;                                                                                     \
    })

#endif

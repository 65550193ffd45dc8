// SPDX-License-Identifier: BSD-2-Clause
// Families of constants that a test goes through one by one, as well.
#ifndef FAMILIES_H
#define FAMILIES_H

#include "distinct.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CHECK_DISTINCT(t, family) distinct(t, family, COUNT(family))
#define CHECK_DISJOINT(t, family) flags(t, family, COUNT(family))

#endif

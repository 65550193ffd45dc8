// SPDX-License-Identifier: BSD-2-Clause
// The table of services is always open. Only getservent(), of libcompat, has a place in it.

#include <netdb.h>

#include "service.h"

unsigned __service_position;

void setservent(int stay_open) {
    (void)stay_open;
    __service_position = 0;
}

void endservent(void) {
    __service_position = 0;
}

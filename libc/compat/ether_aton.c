// SPDX-License-Identifier: BSD-2-Clause
#include <netinet/ether.h>

struct ether_addr *ether_aton(const char *text) {
    static struct ether_addr address;
    return ether_aton_r(text, &address);
}

char *ether_ntoa(const struct ether_addr *address) {
    static char text[sizeof("00:00:00:00:00:00")];
    return ether_ntoa_r(address, text);
}

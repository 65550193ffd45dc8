// SPDX-License-Identifier: BSD-2-Clause
// Addresses of Ethernet as text: six numbers of one or two hexadecimal digits.

#define _GNU_SOURCE
#include <netinet/ether.h>
#include <stdio.h>

static int digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct ether_addr *ether_aton_r(const char *text, struct ether_addr *address) {
    struct ether_addr result;
    for (int i = 0; i < ETH_ALEN; ++i) {
        if (i > 0 && *text++ != ':')
            return NULL;
        int number = digit(*text++);
        if (number < 0)
            return NULL;
        if (digit(*text) >= 0)
            number = number * 16 + digit(*text++);
        result.ether_addr_octet[i] = (unsigned char)number;
    }
    if (*text != '\0')
        return NULL;
    *address = result;
    return address;
}

char *ether_ntoa_r(const struct ether_addr *address, char *text) {
    const unsigned char *octet = address->ether_addr_octet;
    snprintf(text, sizeof("00:00:00:00:00:00"), "%02X:%02X:%02X:%02X:%02X:%02X", octet[0], octet[1],
             octet[2], octet[3], octet[4], octet[5]);
    return text;
}

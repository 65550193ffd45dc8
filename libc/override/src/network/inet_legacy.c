// SPDX-License-Identifier: BSD-2-Clause
// Addresses in the classes of old. Unlike the original, struct in_addr is in network order here as
// everywhere else.

#include <arpa/inet.h>
#include <netinet/in.h>

// How many bits of an address in host order number the host.
static int host_bits(in_addr_t address) {
    return address >> 31 == 0 ? 24 : address >> 30 == 2 ? 16 : 8;
}

in_addr_t inet_network(const char *text) {
    return ntohl(inet_addr(text));
}

struct in_addr inet_makeaddr(in_addr_t network, in_addr_t host) {
    int shift = network < 0x100 ? 24 : network < 0x10000 ? 16 : 8;
    return (struct in_addr){htonl(network << shift | host)};
}

in_addr_t inet_lnaof(struct in_addr in) {
    in_addr_t address = ntohl(in.s_addr);
    return address & (((in_addr_t)1 << host_bits(address)) - 1);
}

in_addr_t inet_netof(struct in_addr in) {
    in_addr_t address = ntohl(in.s_addr);
    return address >> host_bits(address);
}

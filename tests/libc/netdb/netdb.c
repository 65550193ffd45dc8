// SPDX-License-Identifier: BSD-2-Clause
// The tables of services and protocols, and addresses as text.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include "../files.h"

static void services(struct check *t) {
    struct servent *entry = getservbyname("http", "tcp");
    CHECK_REQUIRE(t, entry != NULL);
    CHECK_STR(t, entry->s_name, "http");
    CHECK_STR(t, entry->s_proto, "tcp");
    CHECK_STR(t, entry->s_aliases[0], "www");
    CHECK(t, entry->s_aliases[1] == NULL);
    CHECK_INT(t, ntohs(entry->s_port), 80);
    entry = getservbyname("www", NULL);
    CHECK(t, entry != NULL && ntohs(entry->s_port) == 80);
    entry = getservbyport(htons(53), "udp");
    CHECK_REQUIRE(t, entry != NULL);
    CHECK_STR(t, entry->s_name, "domain");
    CHECK_STR(t, entry->s_proto, "udp");
    CHECK(t, getservbyname("ssh", "udp") == NULL);
    CHECK(t, getservbyname("no such service", NULL) == NULL);
    CHECK(t, getservbyname("http", "sctp") == NULL);
    CHECK(t, getservbyport(htons(1), NULL) == NULL);
    setservent(1);
    endservent();
}

static void reentrant(struct check *t) {
    struct servent entry, *result = NULL;
    char buffer[64];
    CHECK_INT(t, getservbyname_r("ntp", "udp", &entry, buffer, sizeof(buffer), &result), 0);
    CHECK(t, result == &entry && ntohs(entry.s_port) == 123);
    CHECK_INT(t, getservbyport_r(htons(22), NULL, &entry, buffer, sizeof(buffer), &result), 0);
    CHECK_STR(t, entry.s_name, "ssh");
    CHECK_INT(t, getservbyname_r("none", NULL, &entry, buffer, sizeof(buffer), &result), ENOENT);
    CHECK(t, result == NULL);
}

static void protocols(struct check *t) {
    setprotoent(1);
    struct protoent *entry = getprotobyname("tcp");
    CHECK(t, entry != NULL && entry->p_proto == 6);
    entry = getprotobynumber(17);
    CHECK_REQUIRE(t, entry != NULL);
    CHECK_STR(t, entry->p_name, "udp");
    CHECK(t, getprotobyname("none") == NULL);
    endprotoent();
}

static void names(struct check *t) {
    char host[64], service[8];
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(8080)};
    CHECK_INT(t, inet_pton(AF_INET, "192.0.2.1", &in.sin_addr), 1);
    const struct sockaddr *address = (struct sockaddr *)&in;
    CHECK_INT(t, getnameinfo(address, sizeof(in), host, sizeof(host), service, sizeof(service), 0),
              0);
    CHECK_STR(t, host, "192.0.2.1");
    CHECK_STR(t, service, "8080");
    CHECK_INT(t, getnameinfo(address, sizeof(in), host, 4, NULL, 0, 0), EAI_OVERFLOW);
    CHECK_INT(t, getnameinfo(address, sizeof(in), host, 64, NULL, 0, NI_NAMEREQD), EAI_NONAME);
    CHECK_INT(t, getnameinfo(address, sizeof(in), NULL, 0, NULL, 0, 0), EAI_NONAME);
    CHECK_INT(t, getnameinfo(address, 4, host, sizeof(host), NULL, 0, 0), EAI_FAMILY);
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_scope_id = 3};
    CHECK_INT(t, inet_pton(AF_INET6, "fe80::1", &in6.sin6_addr), 1);
    address = (struct sockaddr *)&in6;
    CHECK_INT(t, getnameinfo(address, sizeof(in6), host, sizeof(host), service, 8, 0), 0);
    CHECK_STR(t, host, "fe80::1%3");
    CHECK_STR(t, service, "0");
}

static void addresses(struct check *t) {
    struct in_addr in;
    struct in6_addr in6;
    char text[64];
    CHECK_INT(t, inet_pton(AF_INET, "256.0.0.1", &in), 0);
    CHECK_INT(t, inet_pton(AF_INET6, "2001:db8::ff", &in6), 1);
    CHECK_STR(t, inet_ntop(AF_INET6, &in6, text, sizeof(text)), "2001:db8::ff");
    CHECK(t, inet_ntop(AF_INET6, &in6, text, 3) == NULL);
    CHECK_INT(t, errno, ENOSPC);
    CHECK_INT(t, inet_aton("10.1", &in), 1);
    CHECK_INT(t, ntohl(in.s_addr), 0x0a000001);
    CHECK_INT(t, inet_addr("127.0.0.1"), htonl(0x7f000001));
    CHECK_INT(t, inet_network("127.0.0.1"), 0x7f000001);
    in = inet_makeaddr(10, 5);
    CHECK_INT(t, ntohl(in.s_addr), 0x0a000005);
    CHECK_INT(t, inet_netof(in), 10);
    CHECK_INT(t, inet_lnaof(in), 5);
    CHECK(t, IN6_IS_ADDR_UNSPECIFIED(&in6addr_any) && IN6_IS_ADDR_LOOPBACK(&in6addr_loopback));
    CHECK_INT(t, ntohs(htons(0x1234)), 0x1234);
}

static void address_kinds(struct check *t) {
    static const struct {
        const char *text;
        int kinds;
    } cases[] = {
        {"fe80::1", 1},      {"fec0::1", 2},      {"ff01::1", 4 | 8},   {"ff02::1", 4 | 16},
        {"ff05::1", 4 | 32}, {"ff08::1", 4 | 64}, {"ff0e::1", 4 | 128}, {"::ffff:1.2.3.4", 256},
        {"::1.2.3.4", 512},  {"2001:db8::", 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
        struct in6_addr in6;
        check_context(t, cases[i].text);
        CHECK_INT(t, inet_pton(AF_INET6, cases[i].text, &in6), 1);
        int kinds =
            (IN6_IS_ADDR_LINKLOCAL(&in6) ? 1 : 0) | (IN6_IS_ADDR_SITELOCAL(&in6) ? 2 : 0) |
            (IN6_IS_ADDR_MULTICAST(&in6) ? 4 : 0) | (IN6_IS_ADDR_MC_NODELOCAL(&in6) ? 8 : 0) |
            (IN6_IS_ADDR_MC_LINKLOCAL(&in6) ? 16 : 0) | (IN6_IS_ADDR_MC_SITELOCAL(&in6) ? 32 : 0) |
            (IN6_IS_ADDR_MC_ORGLOCAL(&in6) ? 64 : 0) | (IN6_IS_ADDR_MC_GLOBAL(&in6) ? 128 : 0) |
            (IN6_IS_ADDR_V4MAPPED(&in6) ? 256 : 0) | (IN6_IS_ADDR_V4COMPAT(&in6) ? 512 : 0);
        CHECK_INT(t, kinds, cases[i].kinds);
    }
}

#define TESTS(X) X(services) X(reentrant) X(protocols) X(names) X(addresses) X(address_kinds)
CHECK_MAIN(TESTS)

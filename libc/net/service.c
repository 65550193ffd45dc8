// SPDX-License-Identifier: BSD-2-Clause
// Well-known services, with the numbers that IANA assigned.

#include "service.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { TCP = 1, UDP = 2 };

static const struct service {
    const char *name;
    char *aliases[2]; // ends with NULL
    uint16_t port;
    uint8_t protocols;
} services[] = {
    {"echo", {NULL}, 7, TCP | UDP},
    {"discard", {"sink"}, 9, TCP | UDP},
    {"daytime", {NULL}, 13, TCP | UDP},
    {"ftp-data", {NULL}, 20, TCP},
    {"ftp", {NULL}, 21, TCP},
    {"ssh", {NULL}, 22, TCP},
    {"telnet", {NULL}, 23, TCP},
    {"smtp", {"mail"}, 25, TCP},
    {"time", {"timserver"}, 37, TCP | UDP},
    {"whois", {"nicname"}, 43, TCP},
    {"domain", {NULL}, 53, TCP | UDP},
    {"bootps", {NULL}, 67, UDP},
    {"bootpc", {NULL}, 68, UDP},
    {"tftp", {NULL}, 69, UDP},
    {"gopher", {NULL}, 70, TCP},
    {"finger", {NULL}, 79, TCP},
    {"http", {"www"}, 80, TCP},
    {"kerberos", {"krb5"}, 88, TCP | UDP},
    {"pop3", {"pop-3"}, 110, TCP},
    {"sunrpc", {"portmapper"}, 111, TCP | UDP},
    {"nntp", {"readnews"}, 119, TCP},
    {"ntp", {NULL}, 123, UDP},
    {"imap2", {"imap"}, 143, TCP},
    {"snmp", {NULL}, 161, TCP | UDP},
    {"bgp", {NULL}, 179, TCP},
    {"irc", {NULL}, 194, TCP | UDP},
    {"ldap", {NULL}, 389, TCP | UDP},
    {"https", {NULL}, 443, TCP | UDP},
    {"submissions", {"smtps"}, 465, TCP},
    {"syslog", {NULL}, 514, UDP},
    {"submission", {NULL}, 587, TCP},
    {"ldaps", {NULL}, 636, TCP | UDP},
    {"rsync", {NULL}, 873, TCP},
    {"imaps", {NULL}, 993, TCP},
    {"pop3s", {NULL}, 995, TCP},
    {"socks", {NULL}, 1080, TCP},
    {"mysql", {NULL}, 3306, TCP},
    {"sip", {NULL}, 5060, TCP | UDP},
    {"postgresql", {"postgres"}, 5432, TCP},
    {"http-alt", {"webcache"}, 8080, TCP | UDP},
};

static bool has_name(const struct service *service, const char *name) {
    return strcmp(service->name, name) == 0 ||
           (service->aliases[0] != NULL && strcmp(service->aliases[0], name) == 0);
}

static unsigned parse_protocol(const char *protocol) {
    if (protocol == NULL)
        return TCP | UDP;
    return strcmp(protocol, "tcp") == 0 ? TCP : strcmp(protocol, "udp") == 0 ? UDP : 0;
}

static void fill(struct servent *entry, const struct service *service, unsigned protocols) {
    *entry = (struct servent){
        .s_name = (char *)service->name,
        .s_aliases = (char **)service->aliases,
        .s_port = htons(service->port),
        .s_proto = protocols & TCP ? "tcp" : "udp",
    };
}

int __service_find(const char *name, uint16_t port, const char *protocol, struct servent *entry) {
    unsigned wanted = parse_protocol(protocol);
    for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); ++i) {
        const struct service *service = &services[i];
        unsigned common = service->protocols & wanted;
        if (common == 0 || (name != NULL ? !has_name(service, name) : service->port != port))
            continue;
        fill(entry, service, common);
        return 0;
    }
    return ENOENT;
}

// A service of two protocols is two entries, as in /etc/services.
int __service_at(unsigned index, struct servent *entry) {
    for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); ++i) {
        for (unsigned protocol = TCP; protocol <= UDP; protocol <<= 1) {
            if ((services[i].protocols & protocol) != 0 && index-- == 0) {
                fill(entry, &services[i], protocol);
                return 0;
            }
        }
    }
    return ENOENT;
}

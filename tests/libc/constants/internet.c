// SPDX-License-Identifier: BSD-2-Clause
// Addresses, protocols and headers of the Internet are data: constants against what text says.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stddef.h>

#include "distinct.h"

static void addresses(struct check *t) {
    static const struct {
        const char *text;
        in_addr_t value;
    } known[] = {
        {"0.0.0.0", INADDR_ANY},
        {"255.255.255.255", INADDR_BROADCAST},
        {"255.255.255.255", INADDR_NONE},
        {"127.0.0.1", INADDR_LOOPBACK},
        {"192.0.0.8", INADDR_DUMMY},
        {"224.0.0.0", INADDR_UNSPEC_GROUP},
        {"224.0.0.1", INADDR_ALLHOSTS_GROUP},
        {"224.0.0.2", INADDR_ALLRTRS_GROUP},
        {"224.0.0.106", INADDR_ALLSNOOPERS_GROUP},
        {"224.0.0.255", INADDR_MAX_LOCAL_GROUP},
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); ++i) {
        struct in_addr address;
        check_context(t, known[i].text);
        CHECK_INT(t, inet_pton(AF_INET, known[i].text, &address), 1);
        CHECK_INT(t, ntohl(address.s_addr), known[i].value);
    }
    check_context(t, NULL);
    struct in6_addr any = IN6ADDR_ANY_INIT, loopback = IN6ADDR_LOOPBACK_INIT;
    CHECK(t, IN6_ARE_ADDR_EQUAL(&any, &in6addr_any) && IN6_IS_ADDR_UNSPECIFIED(&any));
    CHECK(t, IN6_ARE_ADDR_EQUAL(&loopback, &in6addr_loopback) && IN6_IS_ADDR_LOOPBACK(&loopback));
    CHECK(t, !IN6_ARE_ADDR_EQUAL(&any, &loopback));
}

// The longest address fits exactly.
static void lengths(struct check *t) {
    char text[INET6_ADDRSTRLEN];
    struct in_addr address = {.s_addr = htonl(INADDR_BROADCAST)};
    CHECK(t, inet_ntop(AF_INET, &address, text, INET_ADDRSTRLEN) == text);
    CHECK_INT(t, strlen(text), INET_ADDRSTRLEN - 1);
    CHECK(t, inet_ntop(AF_INET, &address, text, INET_ADDRSTRLEN - 1) == NULL);
    struct in6_addr six;
    memset(&six, 0xff, sizeof(six));
    CHECK(t, inet_ntop(AF_INET6, &six, text, INET6_ADDRSTRLEN) == text);
    CHECK(t, strlen(text) < INET6_ADDRSTRLEN);
}

static void classes(struct check *t) {
    CHECK(t, IN_CLASSA(INADDR_LOOPBACK) && !IN_CLASSB(INADDR_LOOPBACK));
    CHECK_INT(t, (INADDR_LOOPBACK & IN_CLASSA_NET) >> IN_CLASSA_NSHIFT, IN_LOOPBACKNET);
    CHECK_INT(t, INADDR_LOOPBACK & IN_CLASSA_HOST, 1);
    CHECK_INT(t, IN_CLASSA_MAX, 128);
    CHECK(t, IN_CLASSB(0xac100001) && !IN_CLASSC(0xac100001));
    CHECK_INT(t, (0xac100001 & IN_CLASSB_NET) >> IN_CLASSB_NSHIFT, 0xac10);
    CHECK_INT(t, 0xac100001 & IN_CLASSB_HOST, 1);
    CHECK_INT(t, IN_CLASSB_MAX, 65536);
    CHECK(t, IN_CLASSC(0xc0a80001) && !IN_CLASSD(0xc0a80001));
    CHECK_INT(t, (0xc0a80001 & IN_CLASSC_NET) >> IN_CLASSC_NSHIFT, 0xc0a800);
    CHECK_INT(t, 0xc0a80001 & IN_CLASSC_HOST, 1);
    CHECK(t, IN_CLASSD(INADDR_ALLHOSTS_GROUP) && IN_MULTICAST(INADDR_ALLHOSTS_GROUP));
    CHECK(t, IN_EXPERIMENTAL(0xf0000000) && IN_BADCLASS(0xf0000000));
    CHECK(t, !IN_MULTICAST(INADDR_LOOPBACK) && !IN_EXPERIMENTAL(INADDR_LOOPBACK));
    CHECK_INT(t, IP_MSFILTER_SIZE(3), offsetof(struct ip_msfilter, imsf_slist) + 12);
    CHECK_INT(t, GROUP_FILTER_SIZE(1), sizeof(struct group_filter));
    CHECK_INT(t, IPPORT_RESERVED, 1024);
}

static void protocols(struct check *t) {
    static const struct {
        const char *name;
        int value;
    } known[] = {
        {"ip", IPPROTO_IP},
        {"icmp", IPPROTO_ICMP},
        {"igmp", IPPROTO_IGMP},
        {"tcp", IPPROTO_TCP},
        {"egp", IPPROTO_EGP},
        {"pup", IPPROTO_PUP},
        {"udp", IPPROTO_UDP},
        {"xns-idp", IPPROTO_IDP},
        {"iso-tp4", IPPROTO_TP},
        {"ipv6", IPPROTO_IPV6},
        {"ipv6-route", IPPROTO_ROUTING},
        {"ipv6-frag", IPPROTO_FRAGMENT},
        {"rsvp", IPPROTO_RSVP},
        {"gre", IPPROTO_GRE},
        {"esp", IPPROTO_ESP},
        {"ah", IPPROTO_AH},
        {"ipv6-icmp", IPPROTO_ICMPV6},
        {"ipv6-nonxt", IPPROTO_NONE},
        {"ipv6-opts", IPPROTO_DSTOPTS},
        {"encap", IPPROTO_ENCAP},
        {"pim", IPPROTO_PIM},
        {"raw", IPPROTO_RAW},
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); ++i) {
        const struct protoent *entry = getprotobyname(known[i].name);
        check_context(t, known[i].name);
        if (CHECK(t, entry != NULL))
            CHECK_INT(t, entry->p_proto, known[i].value);
    }
    check_context(t, NULL);
    DISTINCT(t, NAMED(IPPROTO_IPIP), NAMED(IPPROTO_DCCP), NAMED(IPPROTO_MTP), NAMED(IPPROTO_BEETPH),
             NAMED(IPPROTO_COMP), NAMED(IPPROTO_SCTP), NAMED(IPPROTO_MH), NAMED(IPPROTO_UDPLITE),
             NAMED(IPPROTO_MPLS), NAMED(IPPROTO_ETHERNET), NAMED(IPPROTO_RAW), NAMED(IPPROTO_MPTCP),
             NAMED(IPPROTO_MAX));
    CHECK_INT(t, IPPROTO_HOPOPTS, IPPROTO_IP);
    CHECK_INT(t, IPV6_RTHDR_TYPE_0, 0);
}

static void names(struct check *t) {
    DISTINCT(t, NAMED(0), NAMED(EAI_AGAIN), NAMED(EAI_BADFLAGS), NAMED(EAI_FAIL), NAMED(EAI_FAMILY),
             NAMED(EAI_MEMORY), NAMED(EAI_NONAME), NAMED(EAI_OVERFLOW), NAMED(EAI_SYSTEM));
    FLAGS(t, NAMED(NI_NUMERICHOST), NAMED(NI_NUMERICSERV), NAMED(NI_NOFQDN), NAMED(NI_NAMEREQD),
          NAMED(NI_DGRAM), NAMED(NI_NUMERICSCOPE));
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(80),
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    const struct sockaddr *plain = (const struct sockaddr *)&address;
    static const int harmless[] = {NI_NUMERICHOST, NI_NUMERICSERV, NI_NOFQDN, NI_DGRAM,
                                   NI_NUMERICSCOPE};
    for (size_t i = 0; i < 5; ++i) {
        char host[NI_MAXHOST] = "", service[NI_MAXSERV] = "";
        CHECK_INT(t,
                  getnameinfo(plain, sizeof(address), host, sizeof(host), service, sizeof(service),
                              harmless[i]),
                  0);
        CHECK_STR(t, host, "127.0.0.1");
        CHECK_STR(t, service, "80");
    }
    char host[NI_MAXHOST];
    CHECK_INT(t, getnameinfo(plain, sizeof(address), host, sizeof(host), NULL, 0, NI_NAMEREQD),
              EAI_NONAME);
    CHECK_INT(t, getnameinfo(plain, sizeof(address), host, 4, NULL, 0, 0), EAI_OVERFLOW);
    address.sin_family = AF_UNSPEC;
    CHECK_INT(t, getnameinfo(plain, sizeof(address), host, sizeof(host), NULL, 0, 0), EAI_FAMILY);
}

// A TCP header as it is on the wire, with each flag in its bit.
static void headers(struct check *t) {
    CHECK_INT(t, sizeof(struct tcphdr), 20);
    CHECK_INT(t, sizeof(struct udphdr), 8);
    struct tcphdr header = {.th_flags = TH_SYN | TH_ACK};
    CHECK_INT(t, ((const unsigned char *)&header)[13], 0x12);
    CHECK_INT(t, header.syn && header.ack && !header.fin && !header.rst && !header.psh, 1);
    FLAGS(t, NAMED(TH_FIN), NAMED(TH_SYN), NAMED(TH_RST), NAMED(TH_PUSH), NAMED(TH_ACK),
          NAMED(TH_URG));
    DISTINCT(t, NAMED(TCPOPT_EOL), NAMED(TCPOPT_NOP), NAMED(TCPOPT_MAXSEG), NAMED(TCPOPT_WINDOW),
             NAMED(TCPOPT_SACK_PERMITTED), NAMED(TCPOPT_SACK), NAMED(TCPOPT_TIMESTAMP));
    DISTINCT(t, NAMED(TCP_ESTABLISHED), NAMED(TCP_SYN_SENT), NAMED(TCP_SYN_RECV),
             NAMED(TCP_FIN_WAIT1), NAMED(TCP_FIN_WAIT2), NAMED(TCP_TIME_WAIT), NAMED(TCP_CLOSE),
             NAMED(TCP_CLOSE_WAIT), NAMED(TCP_LAST_ACK), NAMED(TCP_LISTEN), NAMED(TCP_CLOSING));
}

#define TESTS(X) X(addresses) X(lengths) X(classes) X(protocols) X(names) X(headers)
CHECK_MAIN(TESTS)

// SPDX-License-Identifier: BSD-2-Clause
// Messages of the domain name system: names, compression, and the parts of an answer.

#define _BSD_SOURCE
#include <arpa/nameser.h>
#include <resolv.h>

#include "check.h"

// The answer to a query for www.example.org: an alias and an address.
static const unsigned char message[] =
    "\x12\x34\x81\x80\0\1\0\2\0\0\0\0"
    "\3www\7example\3org\0\0\1\0\1"                  // the question, at 12
    "\xc0\x0c\0\5\0\1\0\0\x0e\x10\0\6\3net\xc0\x10"  // www.example.org is net.example.org
    "\xc0\x2d\0\1\0\1\x00\x01\x51\x80\0\4\xc0\0\2\1" // whose address is 192.0.2.1
    ;
#define SIZE ((int)sizeof(message) - 1)

static void numbers(struct check *t) {
    unsigned char bytes[6] = {0};
    ns_put16(0xfedc, bytes);
    ns_put32(0x98765432, bytes + 2);
    CHECK(t, memcmp(bytes, "\xfe\xdc\x98\x76\x54\x32", 6) == 0);
    CHECK(t, ns_get16(bytes + 1) == 0xdc98);
    CHECK(t, ns_get32(bytes) == 0xfedc9876);
}

static void expanding(struct check *t) {
    char name[NS_MAXDNAME];
    CHECK_INT(t, dn_expand(message, message + SIZE, message + 12, name, sizeof(name)), 17);
    CHECK_STR(t, name, "www.example.org");
    CHECK_INT(t, dn_expand(message, message + SIZE, message + 45, name, sizeof(name)), 6);
    CHECK_STR(t, name, "net.example.org");
    CHECK_INT(t, dn_expand(message, message + SIZE, message + 12, name, 15), -1);
    static const unsigned char loop[] = "\xc0\x02\xc0\x00", beyond[] = "\xc0\x09", cut[] = "\5abc";
    CHECK_INT(t, dn_expand(loop, loop + 4, loop, name, sizeof(name)), -1);
    CHECK_INT(t, dn_expand(beyond, beyond + 2, beyond, name, sizeof(name)), -1);
    CHECK_INT(t, dn_expand(cut, cut + 4, cut, name, sizeof(name)), -1);
}

static void skipping(struct check *t) {
    CHECK_INT(t, dn_skipname(message + 12, message + SIZE), 17);
    CHECK_INT(t, dn_skipname(message + 45, message + SIZE), 6);
    CHECK_INT(t, dn_skipname(message + 12, message + 20), -1);
}

static void compressing(struct check *t) {
    unsigned char packet[64] = {0};
    unsigned char *known[4] = {packet, NULL}, **last = known + 4;
    CHECK_INT(t, dn_comp("mail.example.org", packet + 12, 52, known, last), 18);
    CHECK(t, memcmp(packet + 12, "\4mail\7example\3org\0", 18) == 0);
    CHECK_INT(t, dn_comp("www.example.org", packet + 30, 34, known, last), 6);
    CHECK(t, memcmp(packet + 30, "\3www\xc0\x11", 6) == 0);
    CHECK_INT(t, dn_comp("example.org", packet + 36, 1, known, last), -1);
    CHECK_INT(t, dn_comp("bad..name", packet + 36, 28, known, last), -1);
}

static void parsing(struct check *t) {
    ns_msg parser;
    ns_rr record;
    char name[NS_MAXDNAME];
    CHECK_INT(t, ns_initparse(message, SIZE, &parser), 0);
    CHECK_INT(t, ns_msg_id(parser), 0x1234);
    CHECK_INT(t, ns_msg_getflag(parser, ns_f_qr), 1);
    CHECK_INT(t, ns_msg_getflag(parser, ns_f_rcode), ns_r_noerror);
    CHECK_INT(t, ns_msg_count(parser, ns_s_qd), 1);
    CHECK_INT(t, ns_msg_count(parser, ns_s_an), 2);
    CHECK_INT(t, ns_parserr(&parser, ns_s_an, 0, &record), 0);
    CHECK_STR(t, ns_rr_name(record), "www.example.org");
    CHECK_INT(t, ns_rr_type(record), ns_t_cname);
    CHECK_INT(t, ns_rr_ttl(record), 3600);
    CHECK_INT(
        t, ns_name_uncompress(message, message + SIZE, ns_rr_rdata(record), name, sizeof(name)), 6);
    CHECK_STR(t, name, "net.example.org");
    CHECK_INT(t, ns_parserr(&parser, ns_s_an, 1, &record), 0);
    CHECK_STR(t, ns_rr_name(record), "net.example.org");
    CHECK_INT(t, ns_rr_rdlen(record), 4);
    CHECK(t, memcmp(ns_rr_rdata(record), "\xc0\0\2\1", 4) == 0);
    CHECK_INT(t, ns_parserr(&parser, ns_s_an, 2, &record), -1);
    CHECK_INT(t, ns_initparse(message, SIZE - 1, &parser), -1);
    CHECK_INT(t, ns_initparse(message, 11, &parser), -1);
}

static void records(struct check *t) {
    CHECK_INT(t, ns_skiprr(message + 12, message + SIZE, ns_s_qd, 1), 21);
    CHECK_INT(t, ns_skiprr(message + 33, message + SIZE, ns_s_an, 2), SIZE - 33);
    CHECK_INT(t, ns_skiprr(message + 33, message + SIZE, ns_s_an, 3), -1);
}

#define TESTS(X) X(numbers) X(expanding) X(skipping) X(compressing) X(parsing) X(records)
CHECK_MAIN(TESTS)

// SPDX-License-Identifier: BSD-2-Clause
// What keeps its answer in memory that all threads share.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <crypt.h>
#include <math.h>
#include <netdb.h>
#include <netinet/ether.h>
#include <search.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static void times(struct check *t) {
    time_t when = 86400;
    CHECK_INT(t, gmtime(&when)->tm_mday, 2);
    CHECK_INT(t, localtime(&when)->tm_year, 70);
    CHECK_STR(t, asctime(gmtime(&when)), "Fri Jan  2 00:00:00 1970\n");
    CHECK_STR(t, ctime(&when), "Fri Jan  2 00:00:00 1970\n");
}

static void tokens(struct check *t) {
    char text[] = " a,b";
    CHECK_STR(t, strtok(text, " ,"), "a");
    CHECK_STR(t, strtok(NULL, " ,"), "b");
    CHECK(t, strtok(NULL, " ,") == NULL);
}

static void table(struct check *t) {
    CHECK_REQUIRE(t, hcreate(4) != 0);
    int value;
    CHECK(t, hsearch((ENTRY){.key = "one", .data = &value}, ENTER) != NULL);
    ENTRY *found = hsearch((ENTRY){.key = "one"}, FIND);
    CHECK(t, found != NULL && found->data == &value);
    CHECK(t, hsearch((ENTRY){.key = "two"}, FIND) == NULL);
    hdestroy();
}

static void addresses(struct check *t) {
    struct in_addr address = {.s_addr = htonl(0xc0000201)};
    CHECK_STR(t, inet_ntoa(address), "192.0.2.1");
    struct ether_addr *ethernet = ether_aton("0:1b:44:11:3A:b7");
    CHECK_REQUIRE(t, ethernet != NULL);
    CHECK_STR(t, ether_ntoa(ethernet), "00:1B:44:11:3A:B7");
    for (const char *const *bad =
             (const char *[]){"", "1:2:3:4:5", "1:2:3:4:5:100", "1:2:3:4:5:6:7", "1::3:4:5:6",
                              "1:2:3:4:5:g", NULL};
         *bad != NULL; ++bad) {
        check_context(t, *bad);
        CHECK(t, ether_aton(*bad) == NULL);
    }
}

static void databases(struct check *t) {
    setprotoent(0);
    struct protoent *protocol = getprotoent();
    CHECK_REQUIRE(t, protocol != NULL);
    CHECK_STR(t, protocol->p_name, "ip");
    CHECK_STR(t, getprotoent()->p_name, "icmp");
    endprotoent();
    setservent(0);
    int count = 0, http = 0;
    for (struct servent *service; (service = getservent()) != NULL; ++count)
        if (strcmp(service->s_name, "http") == 0)
            ++http;
    CHECK(t, count > 40 && http == 1);
    CHECK(t, getservent() == NULL);
    setservent(0);
    CHECK_STR(t, getservent()->s_proto, "tcp");
    CHECK_STR(t, getservent()->s_proto, "udp"); // of the same service
    endservent();
    CHECK_STR(t, getservent()->s_proto, "tcp");
}

static void numbers(struct check *t) {
    CHECK_STR(t, l64a(a64l("zyx")), "zyx");
    // Of the gamma function, which is negative between -1 and 0.
    (void)lgamma(-0.5);
    CHECK_INT(t, signgam, -1);
    (void)lgamma(3);
    CHECK_INT(t, signgam, 1);
}

static void passwords(struct check *t) {
    struct crypt_data data = {0};
    const char *hash = "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJ"
                       "uesI68u4OTLiBFdcbYEdFCoEOfaS35inz1";
    CHECK_STR(t, crypt("Hello world!", "$6$saltstring"), hash);
    CHECK_STR(t, crypt_r("Hello world!", "$6$saltstring", &data), hash);
    CHECK_STR(t, crypt_r("Hello world!", "$5$saltstring", &data),
              "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5");
    CHECK(t, strcmp(crypt("other", "$6$saltstring"), hash) != 0);
}

#define TESTS(X) X(times) X(tokens) X(table) X(addresses) X(databases) X(numbers) X(passwords)
CHECK_MAIN(TESTS)

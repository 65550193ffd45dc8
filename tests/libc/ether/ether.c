// SPDX-License-Identifier: BSD-2-Clause
// Addresses of Ethernet as text.

#define _GNU_SOURCE
#include <netinet/ether.h>

#include "check.h"

static void text_and_back(struct check *t) {
    struct ether_addr address;
    CHECK(t, ether_aton_r("0:1B:c2:0d:Ef:ff", &address) == &address);
    CHECK(t, memcmp(address.ether_addr_octet, "\x00\x1b\xc2\x0d\xef\xff", 6) == 0);
    char text[18];
    CHECK(t, ether_ntoa_r(&address, text) == text);
    CHECK_STR(t, text, "00:1B:C2:0D:EF:FF");
}

static void malformed_text(struct check *t) {
    static const char *const texts[] = {
        "",
        "1:2:3:4:5",
        "1:2:3:4:5:",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6 ",
        "1:2:3:4:5:g",
        ":2:3:4:5:6",
        "1:2:3:4:5:6:",
        "1::3:4:5:6:7",
        "100:2:3:4:5:6",
        "-1:2:3:4:5:6",
        " 1:2:3:4:5:6",
    };
    struct ether_addr address = {{9, 9, 9, 9, 9, 9}};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); ++i) {
        check_context(t, texts[i]);
        CHECK(t, ether_aton_r(texts[i], &address) == NULL);
    }
    CHECK(t, memcmp(address.ether_addr_octet, "\t\t\t\t\t\t", 6) == 0);
}

#define TESTS(X) X(text_and_back) X(malformed_text)
CHECK_MAIN(TESTS)

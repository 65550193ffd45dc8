// SPDX-License-Identifier: BSD-2-Clause
// Hashes of passwords, compared with those of other implementations.

#include <crypt.h>

#include "check.h"

static void known_hashes(struct check *t) {
    static const struct {
        const char *key, *hash;
    } cases[] = {
        {"rasmuslerdorf", "rl.3StKT.4T8M"},
        {"rasmuslerdorf", "$1$rasmusle$rISCgZzpwk3UhDidwXvin0"},
        {"rasmuslerdorf", "$2a$07$rasmuslerd............nIdrcHdxcUxWomQX9j6kvERCFjTg7Ra"},
        {"Hello world!", "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5"},
        {"Hello world!",
         "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4"
         "OTLiBFdcbYEdFCoEOfaS35inz1"},
    };
    struct crypt_data data = {0};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
        CHECK_STR(t, crypt_r(cases[i].key, cases[i].hash, &data), cases[i].hash);
        const char *other = crypt_r("another key", cases[i].hash, &data);
        CHECK(t, other != NULL && strcmp(other, cases[i].hash) != 0);
    }
}

static void settings_not_understood(struct check *t) {
    struct crypt_data data = {0};
    const char *hash = crypt_r("key", "*0", &data);
    CHECK(t, hash != NULL && hash[0] == '*' && strcmp(hash, "*0") != 0);
    hash = crypt_r("key", "$2a$99$rasmuslerd............", &data);
    CHECK(t, hash != NULL && hash[0] == '*');
}

#define TESTS(X) X(known_hashes) X(settings_not_understood)
CHECK_MAIN(TESTS)

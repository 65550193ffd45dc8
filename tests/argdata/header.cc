// SPDX-License-Identifier: BSD-2-Clause
// The header in C++: the overloads that stand for the type-generic macros.

#include <argdata.h>

#include <cerrno>
#include <cstdio>

template <typename T> static bool round_trip(T value) {
    argdata_t *ad = argdata_create_int(value);
    T back = 0;
    bool same = argdata_get_int(ad, &back) == 0 && back == value;
    argdata_free(ad);
    return same;
}

static bool narrow() {
    argdata_t *ad = argdata_create_int(256);
    unsigned char value = 42;
    bool refused = argdata_get_int(ad, &value) == ERANGE && value == 42;
    argdata_free(ad);
    return refused && argdata_get_int(&argdata_null, &value) == EINVAL;
}

int main() {
    argdata_map_iterator_t it;
    argdata_map_iterate(&argdata_true, &it);
    bool invalid = it.index == ARGDATA_ITERATOR_INVALID;
    int failed = 0;
    failed += round_trip<char>('x') ? 0 : 1;
    failed += round_trip<signed char>(SCHAR_MIN) ? 0 : 1;
    failed += round_trip<unsigned char>(UCHAR_MAX) ? 0 : 1;
    failed += round_trip<short>(SHRT_MIN) ? 0 : 1;
    failed += round_trip<unsigned short>(USHRT_MAX) ? 0 : 1;
    failed += round_trip<int>(INT_MIN) ? 0 : 1;
    failed += round_trip<unsigned>(UINT_MAX) ? 0 : 1;
    failed += round_trip<long>(LONG_MIN) ? 0 : 1;
    failed += round_trip<unsigned long>(ULONG_MAX) ? 0 : 1;
    failed += round_trip<long long>(LLONG_MIN) ? 0 : 1;
    failed += round_trip<unsigned long long>(ULLONG_MAX) ? 0 : 1;
    failed += narrow() ? 0 : 1;
    failed += invalid ? 0 : 1;
    std::printf("%d of 13 failed\n", failed);
    return failed != 0;
}

// SPDX-License-Identifier: BSD-2-Clause
// Addresses as text; that of IPv6 in the form of RFC 5952.

#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum { GROUPS = 8 };

static void format4(char *text, size_t size, const unsigned char *address) {
    snprintf(text, size, "%u.%u.%u.%u", address[0], address[1], address[2], address[3]);
}

// The longest run of at least two zero groups among the first `count`, the first of equals: where
// it begins, and in `*end` where it ends. Without one, both are `count`.
static int longest_zeros(const unsigned *groups, int count, int *end) {
    int best = count;
    *end = count;
    for (int i = 0, begin = 0; i < count; ++i) {
        if (groups[i] != 0)
            begin = i + 1;
        else if (i > begin && (best == count || i + 1 - begin > *end - best))
            best = begin, *end = i + 1;
    }
    return best;
}

static void format6(char *text, size_t size, const unsigned char *address) {
    unsigned groups[GROUPS];
    for (int i = 0; i < GROUPS; ++i)
        groups[i] = 256 * address[2 * i] + address[2 * i + 1];
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    bool has_v4 = memcmp(address, mapped, sizeof(mapped)) == 0;
    int count = has_v4 ? 6 : GROUPS, end;
    int zeros = longest_zeros(groups, count, &end);
    size_t used = 0;
    for (int i = 0; i < count; ++i) {
        const char *colon = i == 0 || i == end ? "" : ":"; // "::" has been written before `end`
        if (i == zeros) {
            used += snprintf(text + used, size - used, "::");
            i = end - 1;
        } else {
            used += snprintf(text + used, size - used, "%s%x", colon, groups[i]);
        }
    }
    if (has_v4) {
        used += snprintf(text + used, size - used, ":");
        format4(text + used, size - used, address + sizeof(mapped));
    }
}

const char *inet_ntop(int family, const void *restrict address, char *restrict text,
                      socklen_t size) {
    char whole[INET6_ADDRSTRLEN];
    if (family == AF_INET) {
        format4(whole, sizeof(whole), address);
    } else if (family == AF_INET6) {
        format6(whole, sizeof(whole), address);
    } else {
        errno = EAFNOSUPPORT;
        return NULL;
    }
    if (strlcpy(text, whole, size) >= size) {
        errno = ENOSPC;
        return NULL;
    }
    return text;
}

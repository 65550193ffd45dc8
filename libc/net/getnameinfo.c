// SPDX-License-Identifier: BSD-2-Clause
// Addresses as numbers. Names belong to whoever grants the socket.

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

struct address {
    char host[INET6_ADDRSTRLEN + sizeof("%4294967295")];
    char service[sizeof("65535")];
};

static bool format(const struct sockaddr *address, socklen_t len, struct address *text) {
    unsigned port;
    if (address->sa_family == AF_INET && len >= sizeof(struct sockaddr_in)) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)address;
        inet_ntop(AF_INET, &in->sin_addr, text->host, sizeof(text->host));
        port = ntohs(in->sin_port);
    } else if (address->sa_family == AF_INET6 && len >= sizeof(struct sockaddr_in6)) {
        const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)address;
        inet_ntop(AF_INET6, &in6->sin6_addr, text->host, sizeof(text->host));
        size_t used = strlen(text->host);
        if (in6->sin6_scope_id != 0)
            snprintf(text->host + used, sizeof(text->host) - used, "%%%u",
                     (unsigned)in6->sin6_scope_id);
        port = ntohs(in6->sin6_port);
    } else {
        return false;
    }
    snprintf(text->service, sizeof(text->service), "%u", port);
    return true;
}

static bool put(char *restrict to, socklen_t room, const char *from) {
    if (to == NULL || room == 0)
        return true;
    size_t length = strlen(from);
    if (length >= room)
        return false;
    memcpy(to, from, length + 1);
    return true;
}

int getnameinfo(const struct sockaddr *restrict address, socklen_t len, char *restrict host,
                socklen_t host_len, char *restrict service, socklen_t service_len, int flags) {
    bool nothing = (host == NULL || host_len == 0) && (service == NULL || service_len == 0);
    if (nothing || (flags & NI_NAMEREQD))
        return EAI_NONAME;
    struct address text;
    if (!format(address, len, &text))
        return EAI_FAMILY;
    return put(host, host_len, text.host) && put(service, service_len, text.service) ? 0
                                                                                     : EAI_OVERFLOW;
}

// SPDX-License-Identifier: BSD-2-Clause
// !socket: a listening stream socket.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include "config.h"
#include "scalar.h"

#define ADDRESS_EXPECTED                                                                           \
    "expected a path with a '/' in it, a numeric IPv4 address and port like 127.0.0.1:8080, or "   \
    "IPv6 like [::1]:8080"

static bool read_port(const char *text, in_port_t *port) {
    int64_t s;
    uint64_t number;
    if (scalar_int(text, strlen(text), &s, &number) != SCALAR_INT_UNSIGNED || number > 65535)
        return false;
    *port = htons((uint16_t)number);
    return true;
}

static bool read_inet(const char *text, struct grant *grant) {
    char host[INET6_ADDRSTRLEN + 2];
    const char *colon = strrchr(text, ':');
    if (colon == NULL || (size_t)(colon - text) >= sizeof host)
        return false;
    size_t length = (size_t)(colon - text);
    memcpy(host, text, length);
    host[length] = '\0';
    if (length >= 2 && host[0] == '[' && host[length - 1] == ']') {
        struct sockaddr_in6 *address = (struct sockaddr_in6 *)&grant->address;
        host[length - 1] = '\0';
        address->sin6_family = AF_INET6;
        grant->address_len = sizeof *address;
        return inet_pton(AF_INET6, host + 1, &address->sin6_addr) == 1 &&
               read_port(colon + 1, &address->sin6_port);
    }
    struct sockaddr_in *address = (struct sockaddr_in *)&grant->address;
    address->sin_family = AF_INET;
    grant->address_len = sizeof *address;
    return inet_pton(AF_INET, host, &address->sin_addr) == 1 &&
           read_port(colon + 1, &address->sin_port);
}

static int read_address(struct config *config, const struct yaml_node *node, struct grant *grant) {
    if (strchr(node->text, '/') == NULL)
        return read_inet(node->text, grant)
                   ? 0
                   : config_fail(config, node, "'%.64s' is not an address: " ADDRESS_EXPECTED,
                                 node->text);
    struct sockaddr_un *address = (struct sockaddr_un *)&grant->address;
    if (node->length >= sizeof address->sun_path)
        return config_fail(config, node,
                           "the path of a UNIX socket is too long: expected at most %zu bytes",
                           sizeof address->sun_path - 1);
    address->sun_family = AF_UNIX;
    memcpy(address->sun_path, node->text, node->length + 1);
    grant->address_len = sizeof *address;
    return 0;
}

int config_grant_socket(struct config *config, const struct yaml_node *node) {
    static const char *const names[] = {"bind", "type"};
    const struct yaml_node *attributes[2];
    if (config_attributes(config, node, "!socket", names, attributes, 2) != 0 ||
        config_string(config, attributes[0], "bind") != 0)
        return -1;
    if (attributes[1] != NULL && (config_string(config, attributes[1], "type") != 0 ||
                                  strcmp(attributes[1]->text, "stream") != 0))
        return config_fail(config, attributes[1], "'type' is not supported: expected stream");
    struct grant *grant = config_new_grant(config, node);
    if (grant == NULL || read_address(config, attributes[0], grant) != 0)
        return -1;
    grant->kind = GRANT_LISTENER;
    grant->path = attributes[0]->text;
    return (int)config->grants.count - 1;
}

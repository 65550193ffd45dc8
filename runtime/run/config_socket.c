// SPDX-License-Identifier: BSD-2-Clause
// !socket: one that listens, is connected, or receives datagrams.
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

static bool read_inet(const char *text, struct sockaddr_storage *storage, socklen_t *address_len) {
    char host[INET6_ADDRSTRLEN + 2];
    const char *colon = strrchr(text, ':');
    if (colon == NULL || (size_t)(colon - text) >= sizeof host)
        return false;
    size_t length = (size_t)(colon - text);
    memcpy(host, text, length);
    host[length] = '\0';
    if (length >= 2 && host[0] == '[' && host[length - 1] == ']') {
        struct sockaddr_in6 *address = (struct sockaddr_in6 *)storage;
        host[length - 1] = '\0';
        address->sin6_family = AF_INET6;
        *address_len = sizeof *address;
        return inet_pton(AF_INET6, host + 1, &address->sin6_addr) == 1 &&
               read_port(colon + 1, &address->sin6_port);
    }
    struct sockaddr_in *address = (struct sockaddr_in *)storage;
    address->sin_family = AF_INET;
    *address_len = sizeof *address;
    return inet_pton(AF_INET, host, &address->sin_addr) == 1 &&
           read_port(colon + 1, &address->sin_port);
}

static int read_address(struct config *config, const struct yaml_node *node, const char *name,
                        struct sockaddr_storage *storage, socklen_t *address_len) {
    if (config_string(config, node, name) != 0)
        return -1;
    if (strchr(node->text, '/') == NULL)
        return read_inet(node->text, storage, address_len)
                   ? 0
                   : config_fail(config, node, "'%.64s' is not an address: " ADDRESS_EXPECTED,
                                 node->text);
    struct sockaddr_un *address = (struct sockaddr_un *)storage;
    if (node->length >= sizeof address->sun_path)
        return config_fail(config, node,
                           "the path of a UNIX socket is too long: expected at most %zu bytes",
                           sizeof address->sun_path - 1);
    address->sun_family = AF_UNIX;
    memcpy(address->sun_path, node->text, node->length + 1);
    *address_len = sizeof *address;
    return 0;
}

static int read_type(struct config *config, const struct yaml_node *node, int *type) {
    *type = SOCK_STREAM;
    if (node == NULL)
        return 0;
    if (config_string(config, node, "type") != 0)
        return -1;
    if (strcmp(node->text, "datagram") == 0)
        *type = SOCK_DGRAM;
    else if (strcmp(node->text, "stream") != 0)
        return config_fail(config, node, "'%.64s' is not a type: expected stream or datagram",
                           node->text);
    return 0;
}

// The port of an address that has one follows the family.
static bool connects_nowhere(const struct grant *grant) {
    in_port_t port = ((const struct sockaddr_in *)&grant->peer)->sin_port;
    return grant->peer_len > 0 && grant->peer.ss_family != AF_UNIX && port == 0;
}

int config_grant_socket(struct config *config, const struct yaml_node *node) {
    enum { BIND, CONNECT, TYPE };
    static const char *const names[] = {[BIND] = "bind", [CONNECT] = "connect", [TYPE] = "type"};
    const struct yaml_node *attributes[3];
    if (config_attributes(config, node, "!socket", names, attributes, 3) != 0)
        return -1;
    const struct yaml_node *bind = attributes[BIND], *connect = attributes[CONNECT];
    if (bind == NULL && connect == NULL)
        return config_fail(
            config, node,
            "!socket without an address: expected 'bind: ...' or 'connect: ...' in it");
    struct grant *grant = config_new_grant(config, node);
    if (grant == NULL || read_type(config, attributes[TYPE], &grant->type) != 0)
        return -1;
    if (bind != NULL &&
        read_address(config, bind, "bind", &grant->address, &grant->address_len) != 0)
        return -1;
    if (connect != NULL &&
        read_address(config, connect, "connect", &grant->peer, &grant->peer_len) != 0)
        return -1;
    if (connects_nowhere(grant))
        return config_fail(config, connect, "nobody has port 0: expected another to connect to");
    if (bind != NULL && connect != NULL && grant->address.ss_family != grant->peer.ss_family)
        return config_fail(config, connect,
                           "'bind' and 'connect' differ in kind: expected both to be UNIX, IPv4 or "
                           "IPv6");
    grant->kind = GRANT_SOCKET;
    grant->path = bind != NULL ? bind->text : NULL;
    grant->peer_path = connect != NULL ? connect->text : NULL;
    return (int)config->grants.count - 1;
}

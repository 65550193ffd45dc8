// SPDX-License-Identifier: BSD-2-Clause
// Results lie in the table, so that the buffers of the reentrant functions are not needed. Those of
// the others are the calling thread's.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netdb.h>
#include <stddef.h>

#include "service.h"

static _Thread_local struct servent found;

int getservbyname_r(const char *name, const char *protocol, struct servent *entry, char *buffer,
                    size_t size, struct servent **result) {
    int error = __service_find(name, 0, protocol, entry);
    *result = error == 0 ? entry : NULL;
    return error;
}

int getservbyport_r(int port, const char *protocol, struct servent *entry, char *buffer,
                    size_t size, struct servent **result) {
    int error = __service_find(NULL, ntohs(port), protocol, entry);
    *result = error == 0 ? entry : NULL;
    return error;
}

struct servent *getservbyname(const char *name, const char *protocol) {
    return __service_find(name, 0, protocol, &found) == 0 ? &found : NULL;
}

struct servent *getservbyport(int port, const char *protocol) {
    return __service_find(NULL, ntohs(port), protocol, &found) == 0 ? &found : NULL;
}

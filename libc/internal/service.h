/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of services that is built in; no file is read. */
#ifndef SERVICE_H
#define SERVICE_H

#include <features.h>
#include <netdb.h>
#include <stdint.h>

/* The first service of this name or alias, if `name` is not NULL, or of this port in host order,
 * and of this protocol, if `protocol` is not NULL. 0 with `*entry` filled in, or ENOENT. */
hidden int __service_find(const char *name, uint16_t port, const char *protocol,
                          struct servent *entry);

/* The service at this index of the table. 0 with `*entry` filled in, or ENOENT behind the last. */
hidden int __service_at(unsigned index, struct servent *entry);

/* The index that getservent() comes to next. */
extern hidden unsigned __service_position;

#endif

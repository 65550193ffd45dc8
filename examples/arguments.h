/* SPDX-License-Identifier: BSD-2-Clause */
/* Looking up what a program was granted, by the key it has in the YAML. */
#ifndef ARGUMENTS_H
#define ARGUMENTS_H

#include <argdata.h>
#include <stddef.h>
#include <string.h>

/* The descriptor under `key` of the map `arguments`, or -1. */
static inline int argument_fd(const argdata_t *arguments, const char *key) {
    argdata_map_iterator_t it;
    const argdata_t *name, *value;
    const char *text;
    int fd;
    argdata_map_iterate(arguments, &it);
    for (; argdata_map_get(&it, &name, &value); argdata_map_next(&it))
        if (argdata_get_str_c(name, &text) == 0 && strcmp(text, key) == 0 &&
            argdata_get_fd(value, &fd) == 0)
            return fd;
    return -1;
}

/* The string under `key`, or `otherwise`; lives as long as the arguments. */
static inline const char *argument_str(const argdata_t *arguments, const char *key,
                                       const char *otherwise) {
    argdata_map_iterator_t it;
    const argdata_t *name, *value;
    const char *text, *result;
    argdata_map_iterate(arguments, &it);
    for (; argdata_map_get(&it, &name, &value); argdata_map_next(&it))
        if (argdata_get_str_c(name, &text) == 0 && strcmp(text, key) == 0 &&
            argdata_get_str_c(value, &result) == 0)
            return result;
    return otherwise;
}

#endif

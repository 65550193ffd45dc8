// SPDX-License-Identifier: BSD-2-Clause
// Fuzz target: any bytes as a configuration. Reading one must neither crash nor leak, must open
// nothing, and must either give well-formed argument data or say where it failed.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../runtime/run/config.h"

static void require(bool holds, const char *what) {
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

// Walks the whole value: every part decodes, and each descriptor is one of the grants.
static void walk(const argdata_t *value, size_t grants) {
    argdata_map_iterator_t map;
    argdata_map_iterate(value, &map);
    const argdata_t *key, *entry;
    for (; argdata_map_get(&map, &key, &entry); argdata_map_next(&map)) {
        walk(key, grants);
        walk(entry, grants);
    }
    argdata_seq_iterator_t sequence;
    argdata_seq_iterate(value, &sequence);
    for (; argdata_seq_get(&sequence, &entry); argdata_seq_next(&sequence))
        walk(entry, grants);
    int fd;
    if (argdata_get_fd(value, &fd) == 0)
        require(fd >= 0 && (size_t)fd < grants, "a descriptor without a grant");
}

static int literal_number(void *unused, size_t number) {
    (void)unused;
    return number > INT32_MAX ? -1 : (int)number;
}

// "fuzz:line:column: ...", both counted from 1.
static void check_position(const char *text) {
    static const char name[] = "fuzz:";
    char *end = NULL;
    require(strncmp(text, name, strlen(name)) == 0, "a failure without a file");
    require(strtoul(text + strlen(name), &end, 10) >= 1 && *end == ':', "a failure without a line");
    require(strtoul(end + 1, &end, 10) >= 1 && *end == ':', "a failure without a column");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct yaml_source source = {.name = "fuzz", .bytes = (const char *)data, .length = size};
    struct config config = {0};
    struct failure failure = {0};
    if (config_read(&source, size % 2 == 0, &config, &failure) == 0) {
        argdata_t *value = argdata_from_buffer(config.data, config.data_len, literal_number, NULL);
        require(value != NULL, "out of memory");
        walk(value, config.grants.count);
        argdata_free(value);
        for (size_t i = 0; i < config.grants.count; i++)
            require(config.grants.list[i].fd == -1, "something was opened");
    } else {
        check_position(failure.text);
    }
    config_free(&config);
    return 0;
}

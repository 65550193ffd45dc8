// SPDX-License-Identifier: BSD-2-Clause
// A program that has main(): with argument data it gets one empty string, with text its strings.
// It has no stream to report to: what is wrong shows as its exit status.

#include <argdata.h>
#include <cloudabi_syscalls.h>
#include <program.h>
#include <stdlib.h>
#include <string.h>

static const char text[] = "name\0first\0\0unterminated";

static int same_number(void *unused, size_t fd) {
    (void)unused;
    return (int)fd;
}

// The descriptor of this program's file, which the argument data holds.
static int find_self(void) {
    const void *data;
    size_t len;
    program_get_raw_argdata(&data, &len);
    argdata_map_iterator_t it;
    argdata_map_iterate(argdata_from_buffer(data, len, same_number, NULL), &it);
    const argdata_t *key, *value;
    for (; argdata_map_get(&it, &key, &value); argdata_map_next(&it)) {
        const char *name;
        int fd;
        if (argdata_get_str_c(key, &name) == 0 && strcmp(name, "self") == 0 &&
            argdata_get_fd(value, &fd) == 0)
            return fd;
    }
    exit(2);
}

static int with_strings(char *argv[]) {
    if (strcmp(argv[0], "name") != 0 || strcmp(argv[1], "first") != 0)
        return 3;
    if (argv[2][0] != '\0' || strcmp(argv[3], "unterminated") != 0)
        return 4;
    return argv[4] == NULL ? 0 : 5;
}

int main(int argc, char *argv[], char *envp[]) {
    if (envp[0] != NULL)
        return 6;
    if (argc == 4)
        return with_strings(argv);
    if (argc != 1 || argv[0][0] != '\0' || argv[1] != NULL)
        return 7;
    // The last string ends without a NUL.
    cloudabi_sys_proc_exec((cloudabi_fd_t)find_self(), text, sizeof(text) - 1, NULL, 0);
    return 8;
}

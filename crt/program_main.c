// SPDX-License-Identifier: BSD-2-Clause
// For a program that has main() only.

#include <program.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char *argv[], char *envp[]);

// Start-up data that begins with a printable character is a list of strings, a NUL after each;
// argument data never does, since its first byte is a type below that.
static int count_strings(const char *data, size_t len) {
    int count = 0;
    for (size_t i = 0; i < len; ++i)
        if (data[i] == '\0' || i + 1 == len)
            ++count;
    return count;
}

static int call_main(const char *data, size_t len) {
    int argc = count_strings(data, len);
    char *strings = malloc(len + 1);
    char **argv = calloc((size_t)argc + 2, sizeof(*argv));
    if (strings == NULL || argv == NULL)
        abort();
    memcpy(strings, data, len);
    strings[len] = '\0';
    char *next = strings;
    for (int i = 0; i < argc; ++i) {
        argv[i] = next;
        next += strlen(next) + 1;
    }
    return main(argc, argv, argv + argc + 1);
}

void program_main(const argdata_t *unused) {
    (void)unused;
    const void *data;
    size_t len;
    program_get_raw_argdata(&data, &len);
    if (len == 0 || *(const unsigned char *)data < 0x20)
        exit(call_main("", 1));
    exit(call_main(data, len));
}

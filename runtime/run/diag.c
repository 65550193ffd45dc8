// SPDX-License-Identifier: BSD-2-Clause
// Messages to the user.
#include "diag.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// Bytes of a UTF-8 sequence that starts like this; 0 where none does.
static unsigned sequence_length(unsigned char first) {
    if (first < 0x80)
        return 1;
    if (first < 0xc2 || first > 0xf4)
        return 0;
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

// Names of files and words of a configuration go to a terminal, which must not take them for
// commands: neither the control characters of ASCII nor those of Latin-1, in UTF-8 or by
// themselves.
static void disarm(unsigned char *text) {
    unsigned char *next = text;
    while (*next != '\0') {
        unsigned length = sequence_length(*next);
        bool printable = length > 1 || (length == 1 && *next >= 0x20 && *next != 0x7f);
        for (unsigned i = 1; i < length && printable; i++)
            printable = next[i] >= (*next == 0xc2 ? 0xa0 : 0x80) && next[i] < 0xc0;
        if (!printable)
            *next = '?';
        next += printable ? length : 1;
    }
}

void diag_error(const char *format, ...) {
    char text[4096], line[4200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    disarm((unsigned char *)text);
    bool colour = isatty(STDERR_FILENO) && getenv("NO_COLOR") == NULL;
    int length = snprintf(line, sizeof line, "%scloudabi-run:%s %s\n", colour ? "\033[1;31m" : "",
                          colour ? "\033[0m" : "", text);
    if (write(STDERR_FILENO, line, (size_t)length) < 0)
        return; // nobody is left to tell
}

void diag_weak(const char *reason) {
    diag_error("weak: %s", reason);
    diag_error(
        "lost by --weak: the program can find out which files exist anywhere, their attributes "
        "and what links hold; change the times of files of yours; open device nodes below granted "
        "directories; go from one granted directory to another by '..'; and open the other end of "
        "a pipe that it holds");
}

// SPDX-License-Identifier: BSD-2-Clause
// Messages to the user.
#include "diag.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void diag_error(const char *format, ...) {
    char text[4096], line[4200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    for (char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '?';
    bool colour = isatty(STDERR_FILENO) && getenv("NO_COLOR") == NULL;
    int length = snprintf(line, sizeof line, "%scloudabi-run:%s %s\n", colour ? "\033[1;31m" : "",
                          colour ? "\033[0m" : "", text);
    if (write(STDERR_FILENO, line, (size_t)length) < 0)
        return; // nobody is left to tell
}

// SPDX-License-Identifier: BSD-2-Clause
// Prints, for each error number of Linux that has a name, the number the loader makes of it.
#include <stdio.h>
#include <string.h>

#include "../../runtime/loader/loader.h"

int main(void) {
    for (int number = 0; number < 600; ++number) {
        const char *name = number == 0 ? "SUCCESS" : strerrorname_np(number);
        if (name != NULL)
            printf("%s %u\n", name, errno_from_linux(-(linux_result)number));
    }
    printf("beyond %u\n", errno_from_linux(-4000));
    printf("result %u\n", errno_from_linux(0x7fff00000000));
    return 0;
}

// SPDX-License-Identifier: BSD-2-Clause
// The system that programs see is CloudABI, whatever runs it; the machine's name is not for them.

#include <sys/utsname.h>

#if defined(__x86_64__)
#define MACHINE "x86_64"
#elif defined(__aarch64__)
#define MACHINE "aarch64"
#elif defined(__i386__)
#define MACHINE "i686"
#elif defined(__arm__)
#define MACHINE "armv7l"
#else
#error "name this machine"
#endif

int uname(struct utsname *answer) {
    *answer = (struct utsname){.sysname = "CloudABI", .machine = MACHINE};
    return 0;
}

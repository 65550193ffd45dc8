// SPDX-License-Identifier: BSD-2-Clause
// Names of signals, from the ABI's table.

#include <locale.h>
#include <signal.h>
#include <string.h>

static const char *const names[_NSIG] = {
#define S(number, name) [number] = (name),
#include "__strsignal.h"
};

char *strsignal(int sig) {
    const char *name = sig > 0 && sig < _NSIG ? names[sig] : NULL;
    return (char *)(name != NULL ? name : "Unknown signal");
}

// There is one language.
char *strsignal_l(int sig, locale_t locale) {
    (void)locale;
    return strsignal(sig);
}

// SPDX-License-Identifier: BSD-2-Clause
// There is one language.

#include <locale.h>
#include <signal.h>

void psignal_l(int sig, const char *message, locale_t locale) {
    psignal(sig, message);
}

// SPDX-License-Identifier: BSD-2-Clause
// Signal numbers of both sides.

#include "signals.h"

// X(name) for each, in groups that fit a line.
#define SIGNALS_1(X) X(ABRT) X(ALRM) X(BUS) X(CHLD) X(CONT) X(FPE) X(HUP) X(ILL) X(INT)
#define SIGNALS_2(X) X(KILL) X(PIPE) X(QUIT) X(SEGV) X(STOP) X(SYS) X(TERM) X(TRAP) X(TSTP)
#define SIGNALS_3(X) X(TTIN) X(TTOU) X(URG) X(USR1) X(USR2) X(VTALRM) X(XCPU) X(XFSZ)

#define TO_LINUX(name) [CLOUDABI_SIG##name] = SIG##name,
#define FROM_LINUX(name) [SIG##name] = CLOUDABI_SIG##name,
static const uint8_t to_linux[] = {SIGNALS_1(TO_LINUX) SIGNALS_2(TO_LINUX) SIGNALS_3(TO_LINUX)};
static const uint8_t from_linux[] = {SIGNALS_1(FROM_LINUX) SIGNALS_2(FROM_LINUX)
                                         SIGNALS_3(FROM_LINUX)};

int signal_to_linux(cloudabi_signal_t signal) {
    return signal < sizeof(to_linux) ? to_linux[signal] : 0;
}

cloudabi_signal_t signal_from_linux(int signal) {
    if (signal <= 0 || (size_t)signal >= sizeof(from_linux) || from_linux[signal] == 0)
        return CLOUDABI_SIGKILL;
    return from_linux[signal];
}

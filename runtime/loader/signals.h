// SPDX-License-Identifier: BSD-2-Clause
// Signal numbers of both sides.
#ifndef LOADER_SIGNALS_H
#define LOADER_SIGNALS_H

#include "loader.h"

// 0 for a number without equivalent in signal_to_linux; SIGKILL's in signal_from_linux, as the
// process did end by a signal.
int signal_to_linux(cloudabi_signal_t signal);
cloudabi_signal_t signal_from_linux(int signal);

#endif

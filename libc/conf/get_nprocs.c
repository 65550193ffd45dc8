// SPDX-License-Identifier: BSD-2-Clause
// How many processors the machine has. The ABI makes no difference between those configured and
// those in use.

#include <sys/sysinfo.h>

#include "libc.h"

int get_nprocs(void) {
    return (int)libc.ncpus;
}

int get_nprocs_conf(void) {
    return (int)libc.ncpus;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* <sys/sysinfo.h>: of the machine, only how many processors it has. */
#ifndef _SYS_SYSINFO_H
#define _SYS_SYSINFO_H

#ifdef __cplusplus
extern "C" {
#endif

/* The number of processors, at least 1. Cannot fail. GNU; the ABI's AT_NCPUS. */
int get_nprocs(void);
int get_nprocs_conf(void);

#ifdef __cplusplus
}
#endif

#endif

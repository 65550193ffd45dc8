/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <sys/wait.h>: a child is known by its process descriptor, see <program.h>. This header is here
 * for what is appended to it, the refusals that say so.
 */
#ifndef _SYS_WAIT_H
#define _SYS_WAIT_H

#include <features.h>

#define __NEED_id_t
#define __NEED_pid_t
#include <bits/alltypes.h>

struct rusage;

#endif

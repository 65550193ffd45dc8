/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <spawn.h>: programs are started by program_spawn() of <program.h>. This header is here for what
 * is appended to it, the refusals that say so.
 */
#ifndef _SPAWN_H
#define _SPAWN_H

#include <features.h>

#define __NEED_mode_t
#define __NEED_pid_t
#define __NEED_sigset_t
#include <bits/alltypes.h>

struct sched_param;

#endif

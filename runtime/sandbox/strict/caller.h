// SPDX-License-Identifier: BSD-2-Clause
// One system call that waits for its answer, and access to the thread that made it. Everything that
// comes from it is hostile, and is read once.
#ifndef CLOUDABI_SANDBOX_CALLER_H
#define CLOUDABI_SANDBOX_CALLER_H

#include <limits.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>

#include "../attenuate.h"
#include "marks.h"

struct caller {
    int listener;
    uint64_t id;
    int tid;
    int number; // of the call
    uint64_t arguments[6];
};

// The result of a call: a value, a negative error number, or this: it has been answered.
#define ANSWERED INT64_MIN
// Or this: the kernel is to perform it. Only for calls of which nobody can change anything.
#define CONTINUE (INT64_MIN + 1)

// Whether the thread still waits: if so, all that was read before came from it. Ask before acting.
bool caller_waits(const struct caller *caller);

// Each returns 0 or a negative error number.
int caller_read(const struct caller *caller, uint64_t address, void *bytes, size_t length);
int caller_read_path(const struct caller *caller, uint64_t address, char path[PATH_MAX]);
int caller_write(const struct caller *caller, uint64_t address, const void *bytes, size_t length);

// What the call of attenuate.h asks for, and nothing else.
int caller_read_attenuation(const struct caller *caller, struct attenuation *asked);

// Whether it is its process's only thread, so that nobody changes its descriptors while it waits.
bool caller_is_alone(const struct caller *caller);

// A copy of the caller's descriptor, or a negative error number.
int caller_fd(const struct caller *caller, uint64_t number);

// The same for one that is marked, with its rights: -EPERM for any other, and for one whose base
// rights lack all of `any` (0: none is needed).
int caller_known_fd(const struct caller *caller, uint64_t number, uint64_t any,
                    struct rights *rights);

// The same for a call that acts on the open file itself. What is not marked is the program's own
// memory, a socket, or was granted with all its rights, unless it is a directory. What another
// sandbox's supervisor has marked is refused: this one does not know its rights.
int caller_open_file(const struct caller *caller, uint64_t number, uint64_t any);

// Closes `fd` and gives it to the caller as the call's result. Returns what is to be returned.
int64_t caller_give(const struct caller *caller, int fd, bool close_on_exec);

#endif

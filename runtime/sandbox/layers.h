// SPDX-License-Identifier: BSD-2-Clause
// The layers of the sandbox, in the order in which the worker puts them on itself. Each returns 0,
// or -1 with the failure filled; the worker then ends, for nothing weaker is ever run.
#ifndef CLOUDABI_SANDBOX_LAYERS_H
#define CLOUDABI_SANDBOX_LAYERS_H

#include <stdbool.h>

#include "failure.h"
#include "grant.h"

// For when there is no name space to make the worker in: errno tells why.
int layer_namespaces_denied(struct failure *failure);

// The user name space that the worker was made in: its user and group, by their numbers outside,
// become the only ones.
int layer_user_namespace(uid_t user, gid_t group, struct failure *failure);

// A new mount name space. What is mounted outside later is mounted here too, but not on the trees
// that are cloned and made private; and what is unmounted there is here.
int layer_mount_namespace(struct failure *failure);

// Turns each granted directory into a mount of its own. The first serves directories that
// came as descriptors and that no path leads to, and must run between the two name spaces, the
// second those with a path.
int layer_inherited_directories(struct grants *grants, struct failure *failure);
int layer_path_directories(struct grants *grants, struct failure *failure);

// The same for the plain files among the grants, and for the loader (-1: none), which is executed
// through its tree, not opened anew.
int layer_files(struct grants *grants, int loader_fd, struct failure *failure);

// The root and working directory become an empty directory that cannot be written. The granted
// directories' mounts are attached beside it. For who enters the mount name space, it lies at
// LAYER_ROOT.
#define LAYER_ROOT "/root"
int layer_root(struct grants *grants, struct failure *failure);

// No capability, now or after any exec, and no set-user-ID program.
int layer_no_privileges(struct failure *failure);

// The same where an ordinary user is no superuser of any name space. The process stays readable
// for the supervisor.
int layer_no_privileges_strict(struct failure *failure);

// For the mounter: no capability but those to make mounts and to look into the processes that ask
// for them. Above all none that opens what the user's permissions do not. There is no exec that
// could give any back: layer_seccomp_mounter().
int layer_mounter_privileges(struct failure *failure);

// No TCP bind or connect, no signal and no abstract UNIX socket beyond the sandbox.
int layer_landlock(struct failure *failure);

// Besides, no file opened, made or executed by its path, but the loader.
int layer_landlock_strict(int loader_fd, struct failure *failure);

// Besides, of files by their path only what the granted directories hold.
int layer_landlock_weak(const struct grants *grants, int loader_fd, struct failure *failure);

// Only the system calls that the loader needs to serve the ABI. One request is answered through
// `*listener`, a descriptor; -1 where the kernel denies such.
// `datagrams`: nothing that could name a peer in a message; see sockets_name_peers().
int layer_seccomp(bool datagrams, int *listener, struct failure *failure);

// Some of them are answered through the descriptor that this sends into `channel_fd`.
int layer_seccomp_strict(int channel_fd, bool datagrams, struct failure *failure);

// Only what serving the requests takes.
int layer_seccomp_mounter(struct failure *failure);

#endif

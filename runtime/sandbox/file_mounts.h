// SPDX-License-Identifier: BSD-2-Clause
// Mounts of single files, made before the worker gives up what the launcher may. The superuser can
// do it then and must, since in a user name space he no longer reaches other users' private files;
// for everybody else layer_path_files() and layer_loader() do it afterwards.
#ifndef CLOUDABI_SANDBOX_FILE_MOUNTS_H
#define CLOUDABI_SANDBOX_FILE_MOUNTS_H

#include "grant.h"

// Sets `tree` of the grants that now have a mount.
void file_mounts_privileged(struct grants *grants);

// Returns the tree that the plain file `fd` is now open through; 0: none. `rights` is a set of enum
// grant_right.
int file_mount_privileged(int fd, unsigned rights);

#endif

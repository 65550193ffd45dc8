// SPDX-License-Identifier: BSD-2-Clause
// Mounts of single files, made before the worker gives up what the launcher may. The superuser can
// do it then and must, since in a user name space he no longer reaches other users' private files;
// for everybody else layer_files() does it afterwards.
#ifndef CLOUDABI_SANDBOX_FILE_MOUNTS_H
#define CLOUDABI_SANDBOX_FILE_MOUNTS_H

#include "grant.h"

// Sets the trees of the grants that now have a mount, and of the loader.
void file_mounts_privileged(struct grants *grants, int loader_fd);

#endif

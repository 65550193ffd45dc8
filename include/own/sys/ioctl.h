/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <sys/ioctl.h>: two questions about descriptors. Devices cannot be controlled.
 */
#ifndef _SYS_IOCTL_H
#define _SYS_IOCTL_H

#ifdef __cplusplus
extern "C" {
#endif

/* Into an int: how many bytes can be read without waiting, counted up to 65536 of a socket. */
#define FIONREAD 1
/* From an int: O_NONBLOCK on or, for 0, off. */
#define FIONBIO 2

/* 0, or -1 with errno: EBADF, ENOTCAPABLE (no right to poll and read, or to change flags), ENOTTY
 * for any other request. BSD's <sys/ioctl.h>; the ABI's poll and fd_stat_put. */
int ioctl(int fd, int request, ...);

#ifdef __cplusplus
}
#endif

#endif

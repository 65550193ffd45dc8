/* SPDX-License-Identifier: BSD-2-Clause */
/* Status flags are the ABI's fdflags, creation flags its oflags moved out of their way; access
 * modes are bits of their own, since here "read only" is something that must be asked for. */
#define O_APPEND 0x0001
#define O_DSYNC 0x0002
#define O_NONBLOCK 0x0004
#define O_RSYNC 0x0008
#define O_SYNC 0x0010

#define O_CREAT 0x1000
#define O_DIRECTORY 0x2000
#define O_EXCL 0x4000
#define O_TRUNC 0x8000

#define O_NOFOLLOW 0x01000000

/* Accepted and without meaning: descriptors never outlive exec unless named, and no terminal
 * can become a controlling one. */
#define O_CLOEXEC 0
#define O_NOCTTY 0

#define F_GETFD 1
#define F_SETFD 2
#define F_GETFL 3
#define F_SETFL 4

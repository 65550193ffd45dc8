/* SPDX-License-Identifier: BSD-2-Clause */
/* The generic layouts of sys/socket.h serve. */

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For functions that do nothing but make one call of the system. What they give the address of goes
 * to the vDSO alone, which writes what it is told to: a second stack and a guard would protect
 * nothing, and cost more than all else that is done there.
 */
#ifndef FRAME_H
#define FRAME_H

#define __SYSTEM_CALL_FRAME __attribute__((__no_sanitize__("safe-stack"), __no_stack_protector__))

#endif

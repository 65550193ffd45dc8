// SPDX-License-Identifier: BSD-2-Clause
// Remainders of 128-bit integers. The compiler's own copies read the stack guard through fs as
// Linux does, where our threads keep something else.

typedef __int128 i128;
typedef unsigned __int128 u128;

u128 __udivmodti4(u128 dividend, u128 divisor, u128 *remainder);
u128 __umodti3(u128 dividend, u128 divisor);
i128 __divmodti4(i128 dividend, i128 divisor, i128 *remainder);
i128 __modti3(i128 dividend, i128 divisor);

static u128 magnitude(i128 value) {
    return value < 0 ? -(u128)value : (u128)value;
}

u128 __umodti3(u128 dividend, u128 divisor) {
    u128 remainder;
    __udivmodti4(dividend, divisor, &remainder);
    return remainder;
}

i128 __divmodti4(i128 dividend, i128 divisor, i128 *remainder) {
    u128 rest;
    u128 quotient = __udivmodti4(magnitude(dividend), magnitude(divisor), &rest);
    // C truncates towards zero, so the remainder has the sign of the dividend.
    *remainder = (i128)(dividend < 0 ? -rest : rest);
    return (i128)((dividend < 0) != (divisor < 0) ? -quotient : quotient);
}

i128 __modti3(i128 dividend, i128 divisor) {
    u128 rest;
    __udivmodti4(magnitude(dividend), magnitude(divisor), &rest);
    return (i128)(dividend < 0 ? -rest : rest);
}

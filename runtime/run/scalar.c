// SPDX-License-Identifier: BSD-2-Clause
// The texts of YAML's core scalar tags as values.
#include "scalar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool equals(const char *text, size_t length, const char *word) {
    return length == strlen(word) && memcmp(text, word, length) == 0;
}

bool scalar_bool(const char *text, size_t length, bool *value) {
    *value = equals(text, length, "true");
    return *value || equals(text, length, "false");
}

enum scalar_int scalar_int(const char *text, size_t length, int64_t *s, uint64_t *u) {
    bool negative = length > 0 && text[0] == '-';
    uint64_t magnitude = 0;
    bool overflow = false;
    if (length == negative)
        return SCALAR_INT_BAD;
    for (size_t i = negative; i < length; i++) {
        if (!is_digit(text[i]))
            return SCALAR_INT_BAD;
        overflow |= __builtin_mul_overflow(magnitude, 10, &magnitude) ||
                    __builtin_add_overflow(magnitude, (uint64_t)(text[i] - '0'), &magnitude);
    }
    if (overflow || (negative && magnitude > (uint64_t)1 << 63))
        return SCALAR_INT_RANGE;
    *s = (int64_t)(0 - magnitude);
    *u = magnitude;
    return negative ? SCALAR_INT_SIGNED : SCALAR_INT_UNSIGNED;
}

static size_t count_digits(const char *text) {
    size_t count = 0;
    while (is_digit(text[count]))
        count++;
    return count;
}

// strtod() alone would also take hexadecimal, "infinity" and leading space.
static bool is_decimal(const char *text, size_t length) {
    const char *next = text;
    if (*next == '-' || *next == '+')
        next++;
    size_t whole = count_digits(next), fraction = 0;
    next += whole;
    if (*next == '.') {
        fraction = count_digits(++next);
        next += fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (*next == 'e' || *next == 'E') {
        next++;
        if (*next == '-' || *next == '+')
            next++;
        size_t exponent = count_digits(next);
        if (exponent == 0)
            return false;
        next += exponent;
    }
    return (size_t)(next - text) == length;
}

bool scalar_float(const char *text, size_t length, double *value) {
    if (equals(text, length, ".inf") || equals(text, length, "+.inf"))
        *value = HUGE_VAL;
    else if (equals(text, length, "-.inf"))
        *value = -HUGE_VAL;
    else if (equals(text, length, ".nan"))
        *value = (double)NAN;
    else if (is_decimal(text, length) && isfinite(strtod(text, NULL)))
        *value = strtod(text, NULL);
    else
        return false;
    return true;
}

static int base64_digit(char c) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c == '\0' ? NULL : strchr(digits, c);
    return found == NULL ? -1 : (int)(found - digits);
}

bool scalar_binary(const char *text, size_t length, unsigned char *bytes, size_t *size) {
    uint32_t group = 0;
    unsigned digits = 0, padding = 0;
    *size = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == ' ' || text[i] == '\n' || text[i] == '\t')
            continue;
        int digit = text[i] == '=' ? 0 : base64_digit(text[i]);
        // Only the last group is padded, and only in its last two places.
        bool pad = text[i] == '=' && (digits >= 2 || padding > 0);
        if (digit < 0 || (text[i] == '=' && !pad) || (padding > 0 && !pad) || padding == 2)
            return false;
        padding += pad;
        group = group << 6 | (uint32_t)digit;
        if (++digits < 4)
            continue;
        if ((padding > 0 && (group & 0xff) != 0) || (padding > 1 && (group & 0xff00) != 0))
            return false;
        for (unsigned j = 0; j < 3 - padding; j++)
            bytes[(*size)++] = (unsigned char)(group >> (16 - 8 * j));
        digits = 0;
        group = 0;
        if (padding > 0) {
            // Nothing but white space may follow.
            for (i++; i < length; i++)
                if (text[i] != ' ' && text[i] != '\n' && text[i] != '\t')
                    return false;
            return true;
        }
    }
    return digits == 0;
}

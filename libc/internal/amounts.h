/* SPDX-License-Identifier: BSD-2-Clause */
/* Amounts of money as every locale of ours writes them: no currency symbol, no grouping, a point
 * before the fraction, a minus sign in front. The text of strfmon() and wcsfmon(), which differ in
 * CHAR only. */
#ifndef AMOUNTS_H
#define AMOUNTS_H

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

struct output {
    CHAR *next;
    size_t space; /* with one for the terminator */
};

struct amount {
    CHAR fill;
    bool signs, parentheses, left_justified;
    int width;
    int left; /* digits before the point to leave room for; 0 where not asked for */
    int right;
};

static bool put(struct output *out, CHAR c, size_t count) {
    if (count >= out->space) {
        errno = E2BIG;
        return false;
    }
    out->space -= count;
    while (count-- > 0)
        *out->next++ = c;
    return true;
}

/* Digits, of which there may be none. */
static bool parse_number(const CHAR **format, int *number) {
    *number = 0;
    for (; **format >= '0' && **format <= '9'; ++*format)
        if (__builtin_mul_overflow(*number, 10, number) ||
            __builtin_add_overflow(*number, **format - '0', number))
            return false;
    return true;
}

static bool parse_flag(const CHAR **format, struct amount *amount) {
    switch (**format) {
    case '=':
        if (*++*format == 0)
            return false;
        amount->fill = **format;
        break;
    case '+':
        amount->signs = true;
        break;
    case '(':
        amount->parentheses = true;
        break;
    case '-':
        amount->left_justified = true;
        break;
    case '^': /* there is no grouping to leave out, */
    case '!': /* and no symbol */
        break;
    default:
        return false;
    }
    ++*format;
    return true;
}

/* What follows the percent sign. */
static bool parse_amount(const CHAR **format, struct amount *amount) {
    *amount = (struct amount){.fill = ' ', .right = 2};
    while (parse_flag(format, amount))
        continue;
    bool good = !(amount->signs && amount->parentheses) && parse_number(format, &amount->width);
    if (good && **format == '#') {
        ++*format;
        good = parse_number(format, &amount->left);
    }
    if (good && **format == '.') {
        ++*format;
        good = parse_number(format, &amount->right);
    }
    if (!good || (**format != 'i' && **format != 'n'))
        return false;
    ++*format;
    return true;
}

static bool put_amount(struct output *out, const struct amount *amount, double value) {
    char *digits;
    int length = asprintf(&digits, "%.*f", amount->right, fabs(value));
    if (length < 0)
        return false;
    size_t whole = strcspn(digits, ".");
    size_t fill = (size_t)amount->left > whole ? amount->left - whole : 0;
    bool negative = signbit(value) && !isnan(value);
    /* With room on the left asked for, amounts of both signs are of one size. */
    size_t before = negative || amount->left > 0;
    size_t after = amount->parentheses ? before : 0;
    CHAR opening = amount->parentheses ? '(' : '-';
    size_t size = before + fill + length + after;
    size_t width = amount->width, blank = width > size ? width - size : 0;

    bool good = put(out, ' ', amount->left_justified ? 0 : blank) &&
                put(out, negative ? opening : ' ', before) && put(out, amount->fill, fill);
    for (const char *digit = digits; good && *digit != '\0'; ++digit)
        good = put(out, (CHAR)*digit, 1);
    good = good && put(out, negative ? ')' : ' ', after) &&
           put(out, ' ', amount->left_justified ? blank : 0);
    free(digits);
    return good;
}

static ssize_t format_monetary(CHAR *text, size_t size, const CHAR *format, va_list arguments) {
    struct output out = {text, size};
    while (*format != 0) {
        struct amount amount;
        bool literal = *format != '%' || *++format == '%';
        if (!literal && !parse_amount(&format, &amount)) {
            errno = EINVAL;
            return -1;
        }
        if (!(literal ? put(&out, *format++, 1)
                      : put_amount(&out, &amount, va_arg(arguments, double))))
            return -1;
    }
    if (out.space == 0) {
        errno = E2BIG;
        return -1;
    }
    *out.next = 0;
    return out.next - text;
}

#endif

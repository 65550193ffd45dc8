// SPDX-License-Identifier: BSD-2-Clause
// Texts of floating point numbers and timestamps, the same under every locale.

#include <math.h>

#include "argdata_impl.h"

void argdata_print_float(double value, FILE *stream) {
    if (isnan(value)) {
        fputs(".nan", stream);
        return;
    }
    if (isinf(value)) {
        fputs(value < 0 ? "-.inf" : ".inf", stream);
        return;
    }
    if (value == 0) {
        fputc('0', stream);
        return;
    }

    // Sixteen digits after a radix character that is the locale's and may have several bytes.
    char text[64];
    snprintf(text, sizeof(text), "%.16e", value);
    const char *at = text;
    if (*at == '-')
        fputc(*at++, stream);
    fputc(*at++, stream);
    while (*at < '0' || *at > '9')
        ++at;
    int count = 0;
    for (int i = 0; at[i] != 'e'; ++i)
        if (at[i] != '0')
            count = i + 1;
    if (count > 0)
        fprintf(stream, ".%.*s", count, at);

    while (*at != 'e')
        ++at;
    char sign = at[1];
    for (at += 2; *at == '0';)
        ++at;
    if (*at != '\0')
        fprintf(stream, "e%c%s", sign, at);
}

void argdata_print_timestamp(const struct timespec *value, FILE *stream) {
    const int64_t day_length = 86400;
    int64_t days = value->tv_sec / day_length, second = value->tv_sec % day_length;
    if (second < 0) {
        second += day_length;
        --days;
    }

    // The proleptic Gregorian calendar repeats after 400 years; counted from 1 March of year 0,
    // leap days come last in each year, in each 4 and in each 400.
    const int64_t era_length = 146097;
    days += 719468;
    int64_t era = days / era_length, day = days % era_length;
    if (day < 0) {
        day += era_length;
        --era;
    }
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    day -= 365 * year + year / 4 - year / 100;
    int64_t month = (5 * day + 2) / 153; // from March
    day -= (153 * month + 2) / 5;
    year += era * 400 + (month >= 10);

    fprintf(stream, "%04jd-%02d-%02dT%02d:%02d:%02d.%09ldZ", (intmax_t)year,
            (int)(month < 10 ? month + 3 : month - 9), (int)day + 1, (int)(second / 3600),
            (int)(second / 60 % 60), (int)(second % 60), (long)value->tv_nsec);
}

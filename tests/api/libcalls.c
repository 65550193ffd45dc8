// SPDX-License-Identifier: BSD-2-Clause
// What a compiler likes to turn into calls of other functions than those that stand here. It is
// compiled, and what the object then needs must be in libc.a.

#define _GNU_SOURCE
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#ifdef OWN_PRINTF
// A program's own printf() becomes puts() or putchar(), if the compiler may.
int printf(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vfprintf(stderr, format, arguments);
    va_end(arguments);
    return length;
}

void print(char *text) {
    printf("a line\n");
    printf("%s\n", text);
    printf("%c", *text);
    printf("x");
}
#endif

#ifdef _CLOUDABI_COMPAT
char *copies(char *to, char *from) {
    sprintf(to, "%s", from);
    to += sprintf(to, "%s", from);
    to = strcat(to, "literal");
    strcat(strcpy(to, from), from);
    return to + strlen(strcpy(to, from));
}
#endif

char *strings(char *to, const char *from, size_t size) {
    snprintf(to, size, "%s", from);
    snprintf(to, 32, "%s", "literal");
    snprintf(to, 32, "%c", *from);
    strncpy(to, from, size);
    strncpy(to, "literal", 20);
    stpncpy(to, from, 9);
    strlcpy(to, from, size);
    strlcat(to, from, size);
    to[size] = *strchr(from, '\0');
    to[1] = *strstr(from, "") + *strpbrk(from, "x") + *strrchr(from, 0);
    return strstr(to, from) == to ? strndup(from, 3) : strdup(strchrnul(to, *from));
}

int memory(char *a, char *b, size_t size, int c) {
    for (size_t i = 0; i < size; ++i)
        a[i] = b[i];
    for (size_t i = 0; i < size; ++i)
        b[i] = (char)c;
    size_t length = 0;
    while (a[length])
        ++length;
    char *copy = malloc(size);
    memset(copy, 0, size);
    b = mempcpy(b, copy, size);
    b = memccpy(b, a, 0, size);
    memmove(a, b, size);
    return (memcmp(a, b, size) == 0) + (memchr("\r\n", c, 2) != NULL) + (int)length +
           (memrchr(a, c, size) == b) + bcmp(a, b, 3) + (strcmp(a, "x") == 0) +
           (strncmp(a, b, 8) == 0) + (strcasecmp(a, b) == 0);
}

void streams(FILE *file, const char *text) {
    fprintf(file, "literal");
    fprintf(file, "%s", text);
    fprintf(file, "%c", *text);
    fprintf(file, "\n");
    fputs("one", file);
    fputs("", file);
    fwrite(text, 1, 1, file);
}

long numbers(const char *text, int c) {
    return atoi(text) + atol(text) + strtol("12", NULL, 10) + abs(c) + ffs(c) + ffsll(c) + labs(c);
}

double doubles(double x, int n) {
    return pow(2, x) + pow(10, x) + pow(x, 0.5) + pow(x, 0.33) + pow(x, n) + exp(log(x)) + exp2(n) +
           ldexp(1, n) + sin(x) + cos(x) + tan(atan(x)) + log(pow(x, 3)) + log(exp2(x)) + cbrt(x) +
           sqrt(x * x) + fmin(x, n) + floor(x) + fabs(x) + hypot(x, 1) + fmod(x, 2) + round(x) +
           log2(x) + log10(x) + sinh(x) + copysign(x, n) + (double)lround(x) + nearbyint(x);
}

float floats(float x, int n) {
    return powf(2, x) + powf(10, x) + (float)sqrt(x) + (float)floor(x) + sinf(x) + cosf(x) +
           ldexpf(1, n) + (float)sin(x) + logf(powf(x, 3)) + expf(x) + fmodf(x, 2);
}

long double long_doubles(long double x, int n) {
    return powl(2, x) + powl(10, x) + sinl(x) + cosl(x) + exp2l(n) + sqrtl(x) + roundl(x) +
           fmodl(x, 3) + logl(x) + truncl(x);
}

// SPDX-License-Identifier: BSD-2-Clause
// Four threads count primes in a shared range, taking chunks under a mutex.

#include <program.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "arguments.h"

enum { THREADS = 4, LIMIT = 200000, CHUNK = 1000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int next_chunk;
static int total;

static bool is_prime(int n) {
    for (int i = 2; i * i <= n; ++i)
        if (n % i == 0)
            return false;
    return n > 1;
}

static int take_chunk(void) {
    pthread_mutex_lock(&lock);
    int chunk = next_chunk;
    next_chunk += CHUNK;
    pthread_mutex_unlock(&lock);
    return chunk;
}

static void *count(void *unused) {
    int found = 0;
    for (int chunk; (chunk = take_chunk()) < LIMIT;)
        for (int n = chunk; n < chunk + CHUNK; ++n)
            found += is_prime(n);
    pthread_mutex_lock(&lock);
    total += found;
    pthread_mutex_unlock(&lock);
    return unused;
}

void program_main(const argdata_t *arguments) {
    FILE *out = fdopen(argument_fd(arguments, "out"), "w");
    pthread_t threads[THREADS];
    if (out == NULL)
        exit(2);
    for (int i = 0; i < THREADS; ++i)
        if (pthread_create(&threads[i], NULL, count, NULL) != 0)
            exit(1);
    for (int i = 0; i < THREADS; ++i)
        pthread_join(threads[i], NULL);
    fprintf(out, "%d primes below %d, found by %d threads\n", total, LIMIT, THREADS);
    exit(0);
}

// SPDX-License-Identifier: BSD-2-Clause
// What one call costs, on the target and natively: the same functions in the same loops. Prints
// "name nanoseconds" for each batch. The batches of all calls take turns, so that a disturbance
// hits them alike.
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define BATCHES 25
#define SIZE 64
#define FILE_SIZE (4096 * SIZE)

static int directory, file;
static char buffer[SIZE];
static const struct iovec vector = {.iov_base = buffer, .iov_len = SIZE};
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void require(bool holds, const char *what) {
    if (holds)
        return;
    perror(what);
    exit(1);
}

static bool call_read(void) {
    return read(file, buffer, SIZE) == SIZE;
}

static bool call_readv(void) {
    return readv(file, &vector, 1) == SIZE;
}

static bool call_write(void) {
    return write(file, buffer, SIZE) == SIZE;
}

static bool call_writev(void) {
    return writev(file, &vector, 1) == SIZE;
}

static bool call_pread(void) {
    return pread(file, buffer, SIZE, SIZE) == SIZE;
}

static bool call_preadv(void) {
    return preadv(file, &vector, 1, SIZE) == SIZE;
}

static bool call_clock(void) {
    struct timespec time;
    return clock_gettime(CLOCK_MONOTONIC, &time) == 0;
}

static bool call_lock(void) {
    return pthread_mutex_lock(&mutex) == 0 && pthread_mutex_unlock(&mutex) == 0;
}

static bool call_open(void) {
    int fd = openat(directory, "data", O_RDONLY);
    return fd >= 0 && close(fd) == 0;
}

struct call {
    const char *name;
    unsigned count; // of calls in a batch: a fraction of a millisecond, less than a time slice
    bool (*call)(void);
};

// Before there is a second thread: C libraries may then lock without atomic instructions.
static const struct call alone[] = {{"lock+unlock, one thread", 20000, call_lock}};

static const struct call calls[] = {
    {"read", 1000, call_read},
    {"readv", 1000, call_readv},
    {"write", 500, call_write},
    {"writev", 500, call_writev},
    {"pread", 1000, call_pread},
    {"preadv", 1000, call_preadv},
    {"clock_gettime", 10000, call_clock},
    {"lock+unlock", 20000, call_lock},
    {"openat+close", 200, call_open},
};

static double batch(const struct call *call) {
    struct timespec begin, end;
    require(lseek(file, 0, SEEK_SET) == 0, "lseek");
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (unsigned i = 0; i < call->count; i++)
        require(call->call(), call->name);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double taken =
        (double)(end.tv_sec - begin.tv_sec) * 1e9 + (double)(end.tv_nsec - begin.tv_nsec);
    return taken / call->count;
}

static void measure(FILE *out, const struct call *list, size_t count) {
    for (int round = -1; round < BATCHES; round++) {
        // What the last batch leaves the kernel to do later, such as freeing files that were
        // closed, is not the first one's.
        batch(&list[0]);
        for (size_t i = 0; i < count; i++) {
            double taken = batch(&list[i]);
            if (round >= 0) // the first warms up
                fprintf(out, "%s\t%.3f\n", list[i].name, taken);
        }
    }
}

static void *sleep_forever(void *condition) {
    static pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&own);
    for (;;)
        pthread_cond_wait(condition, &own);
    return NULL;
}

static void run(int dir, FILE *out) {
    static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
    directory = dir;
    file = openat(directory, "data", O_RDWR | O_CREAT, 0600);
    require(file >= 0, "data");
    for (int i = 0; i < FILE_SIZE / SIZE; i++)
        require(write(file, buffer, SIZE) == SIZE, "data");
    measure(out, alone, sizeof alone / sizeof alone[0]);
    pthread_t thread;
    require(pthread_create(&thread, NULL, sleep_forever, &never) == 0, "pthread_create");
    measure(out, calls, sizeof calls / sizeof calls[0]);
    require(fclose(out) == 0, "output");
    exit(0);
}

#ifdef __CloudABI__
#include <program.h>

#include "../../../examples/arguments.h"

void program_main(const argdata_t *arguments) {
    FILE *out = fdopen(argument_fd(arguments, "out"), "w");
    FILE *errors = fdopen(argument_fd(arguments, "errors"), "w");
    if (out == NULL || errors == NULL)
        exit(2);
    fswap(stderr, errors);
    run(argument_fd(arguments, "directory"), out);
}
#else
int main(int argc, char **argv) {
    int dir = argc == 2 ? open(argv[1], O_RDONLY | O_DIRECTORY) : -1;
    require(dir >= 0, "directory");
    run(dir, stdout);
}
#endif

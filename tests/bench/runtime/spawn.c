// SPDX-License-Identifier: BSD-2-Clause
// spawn ROUNDS COMMAND... ; COMMAND... : starts the commands in turn and prints for each start
// "number nanoseconds", from before the fork until its end was seen. Every round begins with
// another command, so that none always follows the same one.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMANDS_MAX 16

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static long long start_to_exit(char **command) {
    long long begin = now();
    pid_t child = fork();
    if (child == 0) {
        execv(command[0], command);
        _exit(126);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child)
        return -1;
    long long end = now();
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return end - begin;
    fprintf(stderr, "%s: wait status %#x\n", command[0], (unsigned)status);
    return -1;
}

// Cuts argv at each ";" into commands, and returns how many there are.
static int split(char **argv, char **commands[COMMANDS_MAX]) {
    int count = 0;
    for (char **word = argv; *word != NULL && count < COMMANDS_MAX; word++) {
        commands[count++] = word;
        while (*word != NULL && strcmp(*word, ";") != 0)
            word++;
        if (*word == NULL)
            break;
        *word = NULL;
    }
    return count;
}

int main(int argc, char **argv) {
    char **commands[COMMANDS_MAX];
    long rounds = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
    if (rounds < 1) {
        fprintf(stderr, "usage: spawn ROUNDS COMMAND... [';' COMMAND...]...\n");
        return 2;
    }
    int count = split(argv + 2, commands);
    for (long round = 0; round < rounds; round++) {
        for (int turn = 0; turn < count; turn++) {
            int number = (int)((round + turn) % count);
            long long taken = start_to_exit(commands[number]);
            if (taken < 0)
                return 1;
            printf("%d %lld\n", number, taken);
        }
        fflush(stdout); // nothing for the children to inherit
    }
    return 0;
}

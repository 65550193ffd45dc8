// SPDX-License-Identifier: BSD-2-Clause
// spawn STARTS COMMAND... ; COMMAND... : starts each command as often, in turns, and prints for
// each start "number nanoseconds", from before the fork until its end was seen. What the kernel
// gives back after a start (a network name space above all) takes time from whoever runs then: so a
// turn is several starts of one command, and the first of them is not counted. Every round of turns
// begins with another command.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMANDS_MAX 16
#define TURN 8

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

static bool take_turn(int number, char **command, long starts) {
    for (long start = -1; start < starts; start++) {
        long long taken = start_to_exit(command);
        if (taken < 0)
            return false;
        if (start >= 0)
            printf("%d %lld\n", number, taken);
        fflush(stdout); // nothing for the children to inherit
    }
    return true;
}

int main(int argc, char **argv) {
    char **commands[COMMANDS_MAX];
    long starts = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
    if (starts < 1) {
        fprintf(stderr, "usage: spawn STARTS COMMAND... [';' COMMAND...]...\n");
        return 2;
    }
    int count = split(argv + 2, commands);
    for (long done = 0, round = 0; done < starts; done += TURN, round++) {
        long some = starts - done < TURN ? starts - done : TURN;
        for (int turn = 0; turn < count; turn++) {
            int number = (int)((round + turn) % count);
            if (!take_turn(number, commands[number], some))
                return 1;
        }
    }
    return 0;
}

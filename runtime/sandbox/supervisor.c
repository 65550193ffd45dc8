// SPDX-License-Identifier: BSD-2-Clause
// The supervisor: the launcher itself, which stays, waits for the program, passes signals on to it
// and leaves nothing of it behind. Here: which mode it is.
#include "supervisor.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../loader/handover.h"
#include "strict/serve.h"

struct worker supervisor_worker(struct sandbox *sandbox, enum guarantee mode, const int report[2],
                                struct shared *shared) {
    return (struct worker){
        .sandbox = sandbox,
        .mode = mode,
        .user = geteuid(),
        .group = getegid(),
        .report_fd = report[0],
        .status_fd = report[1],
        .shared = shared,
    };
}

// The loader's sentence comes from inside the sandbox: it is taken as text and nothing more.
static bool loader_failed(int report_fd, const char *program, struct failure *failure) {
    struct handover_failure report;
    if (read(report_fd, &report, sizeof report) != (ssize_t)sizeof report)
        return false;
    report.text[sizeof report.text - 1] = '\0';
    failure_set(failure, "%s: not a CloudABI executable: %s", program, report.text);
    return true;
}

int supervisor_judge(const struct worker *worker, int status, struct failure *failure) {
    const struct shared *shared = worker->shared;
    const char *program = worker->sandbox->program;
    if (program != NULL && loader_failed(worker->report_fd, program, failure))
        return -1;
    if (shared->failure.text[0] != '\0') {
        *failure = shared->failure;
        return -1;
    }
    int result = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    bool stopped = WIFSIGNALED(status) && supervise_passes_on(WTERMSIG(status));
    if (!shared->complete && !stopped)
        return failure_set(failure, "the worker ended with status %d before the program started",
                           result);
    return result;
}

// Strict mode is tried out without the program first: on the way to a real start this process gives
// up the descriptors that another one would need.
static int attempt_weak(const struct sandbox *sandbox, const sigset_t *set,
                        enum guarantee *guarantee, struct failure *failure) {
    struct sandbox trial = *sandbox;
    trial.program = NULL;
    if (attempt_strict(&trial, GUARANTEE_STRICT, set, failure) == 0)
        return attempt_strict(sandbox, GUARANTEE_STRICT, set, failure);
    struct failure reason = *failure;
    *guarantee = GUARANTEE_WEAK;
    if (strict_open_directories(sandbox->grants, failure) != 0)
        return -1;
    sandbox->weak(reason.text);
    int result = attempt_strict(sandbox, GUARANTEE_WEAK, set, failure);
    if (result >= 0)
        *failure = reason;
    return result;
}

// Neither mode can be had: both reasons.
static void combine(struct failure *strict, const struct failure *full) {
    struct failure both;
    failure_set(&both, "%.900s; and for strict mode: %.900s", full->text, strict->text);
    *strict = both;
}

int sandbox_run(const struct sandbox *sandbox, enum guarantee *guarantee, struct failure *failure) {
    enum guarantee unused;
    if (guarantee == NULL)
        guarantee = &unused;
    sigset_t set;
    supervise_block(&set);
    *guarantee = GUARANTEE_STRICT;
    if (sandbox->strict)
        return attempt_strict(sandbox, GUARANTEE_STRICT, &set, failure);

    bool denied = false;
    int result = attempt_full(sandbox, &set, &denied, failure);
    if (!denied) {
        *guarantee = GUARANTEE_FULL;
        return result;
    }
    struct failure full = *failure;
    result = sandbox->weak != NULL ? attempt_weak(sandbox, &set, guarantee, failure)
                                   : attempt_strict(sandbox, GUARANTEE_STRICT, &set, failure);
    if (result >= 0 && *guarantee == GUARANTEE_STRICT)
        *failure = full;
    else if (result < 0 && strcmp(failure->text, full.text) != 0)
        combine(failure, &full);
    return result;
}

// SPDX-License-Identifier: BSD-2-Clause
// Full mode: the program runs in name spaces of its own, whose process 1 ends with it.
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "descriptors.h"
#include "file_mounts.h"
#include "init.h"
#include "layers.h"
#include "supervisor.h"

// errno tells why.
static int not_started(struct shared *shared, struct failure *failure) {
    shared->denied =
        errno == EPERM || errno == ENOSPC || errno == EUSERS || errno == EINVAL || errno == ENOSYS;
    if (!shared->denied)
        return failure_set(failure, "cannot start the sandbox's first process: %s",
                           strerror(errno));
    layer_namespaces_denied(&shared->failure);
    *failure = shared->failure;
    return -1;
}

// Strict mode needs what was open before, and nothing that the worker has opened.
static int close_new(const struct sandbox *sandbox, struct failure *failure) {
    const struct grants *grants = sandbox->grants;
    int *kept = calloc(grants->count + 2, sizeof *kept);
    if (kept == NULL)
        return failure_set(failure, "%s", strerror(errno));
    for (size_t i = 0; i < grants->count; i++)
        kept[i] = grants->list[i].fd;
    kept[grants->count] = sandbox->program_fd;
    kept[grants->count + 1] = sandbox->loader_fd;
    int result = descriptors_keep(kept, grants->count + 2);
    free(kept);
    return result == 0 ? 0 : failure_set(failure, "cannot close descriptors: %s", strerror(errno));
}

// What it opens has its numbers in the worker only, whatever memory that runs in.
static int attempt(struct sandbox sandbox, const sigset_t *set, struct shared *shared,
                   struct failure *failure) {
    int report[2];
    if (pipe2(report, O_CLOEXEC | O_NONBLOCK) != 0)
        return failure_set(failure, "cannot make a pipe: %s", strerror(errno));
    struct grants grants = *sandbox.grants;
    grants.list = calloc(grants.count + 1, sizeof *grants.list);
    if (grants.list == NULL)
        return failure_set(failure, "%s", strerror(errno));
    memcpy(grants.list, sandbox.grants->list, grants.count * sizeof *grants.list);
    sandbox.grants = &grants;

    static _Alignas(4096) char stacks[2][WORKER_STACK_SIZE];
    struct worker worker = supervisor_worker(&sandbox, GUARANTEE_FULL, report, shared);
    worker.supervisor = 1;
    worker.init_stack = stacks[0];
    worker.stack = stacks[1];
    worker.signals = set;
    shared->launcher = 1;
    syscall(SYS_set_tid_address, &shared->launcher);
    pid_t init = init_start(&worker);
    int result;
    if (init > 0) {
        int status = supervise(init, set);
        result = supervisor_judge(&worker, shared->ended ? shared->status : status, failure);
    } else {
        result = not_started(shared, failure);
    }
    free(grants.list);
    return result;
}

int attempt_full(const struct sandbox *sandbox, const sigset_t *set, bool *denied,
                 struct failure *failure) {
    static struct shared own;
    struct shared *shared = &own;
    // The mounter that is only tried, a copy of this process, has to say what it lacks.
    if (sandbox->program == NULL) {
        shared = mmap(NULL, sizeof own, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (shared == MAP_FAILED)
            return failure_set(failure, "cannot share memory: %s", strerror(errno));
    }
    shared->listener = shared->place = -1;
    file_mounts_privileged(sandbox->grants, sandbox->loader_fd);
    int result = attempt(*sandbox, set, shared, failure);
    // Not if the worker was ended amid that.
    *denied = shared->denied && shared->failure.text[0] != '\0';
    if (shared != &own)
        munmap(shared, sizeof *shared);
    return *denied && close_new(sandbox, failure) != 0 ? -1 : result;
}

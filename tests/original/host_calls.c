// SPDX-License-Identifier: BSD-2-Clause
// The calls that the guest gets: those of this program, with what an implementation is free to do.

#include "host.h"

// Only the low 16 bits of a result mean something.
#define NONSENSE UINT64_C(0xabcdabcdabcd0000)
#define STACK ((size_t)2 << 20)
#define RIGHTS_KNOWN UINT64_C(0x815ffff7ff) // of v0.20

_Noreturn void host_fail(const char *what, const char *where) {
    size_t n;
    struct vec line[] = {
        {"host: ", 6}, {what, strlen(what)}, {" ", 1}, {where, strlen(where)}, {"\n", 1}};
    for (uint32_t fd = 0; fd < 8; ++fd)
        if (cloudabi_sys_fd_write(fd, line, 5, &n) == 0)
            break;
    cloudabi_sys_proc_exit(99);
}

static struct host_thread *thread_of(struct tcb *tcb, const char *name) {
    struct host_thread *thread = tcb == NULL ? NULL : tcb->parent;
    if (thread == NULL || thread->magic != HOST_MAGIC)
        host_fail("the TCB is not intact at", name);
    return thread;
}

struct tcb *calls_enter(const char *name) {
    struct tcb *guest = tcb_get();
    tcb_set(thread_of(guest, name)->host_tcb);
    return guest;
}

void calls_leave(struct tcb *guest) {
    tcb_set(guest);
}

#define CALL_RETURNING(name, parameters, arguments)                                                \
    static uint64_t call_##name parameters {                                                       \
        struct tcb *guest = calls_enter(#name);                                                    \
        uint64_t error = cloudabi_sys_##name arguments;                                            \
        calls_leave(guest);                                                                        \
        return error | NONSENSE;                                                                   \
    }
#define CALL_ENDING(name, parameters, arguments)                                                   \
    static _Noreturn void call_##name parameters {                                                 \
        calls_enter(#name);                                                                        \
        cloudabi_sys_##name arguments;                                                             \
    }
CALLS_RETURNING(CALL_RETURNING)
CALLS_ENDING(CALL_ENDING)

// The kernel's refused to open with rights that it did not know.
static uint64_t narrow_file_open(struct lookup dir, const char *path, size_t len, uint16_t oflags,
                                 const struct fdstat *as, uint32_t *fd) {
    if (((as->base | as->inheriting) & ~RIGHTS_KNOWN) != 0)
        return ENOTCAPABLE | NONSENSE;
    return call_file_open(dir, path, len, oflags, as, fd);
}

static uint64_t narrow_fd_stat_put(uint32_t fd, const struct fdstat *buf, uint16_t flags) {
    if (flags == STAT_RIGHTS && ((buf->base | buf->inheriting) & ~RIGHTS_KNOWN) != 0)
        return ENOTCAPABLE | NONSENSE;
    return call_fd_stat_put(fd, buf, flags);
}

static uint64_t narrow_fd_stat_get(uint32_t fd, struct fdstat *buf) {
    uint64_t error = call_fd_stat_get(fd, buf);
    if ((error_t)error == 0) {
        buf->base &= RIGHTS_KNOWN;
        buf->inheriting &= RIGHTS_KNOWN;
    }
    return error;
}

// The emulator had no shared locks, and said so where there is nobody to wake.
static uint64_t narrow_condvar_signal(_Atomic(uint32_t) *condvar, uint8_t scope, uint32_t n) {
    if (style == EMULATOR && (scope != SCOPE_PRIVATE || *condvar == 0))
        return (scope != SCOPE_PRIVATE ? ENOTSUP : ENOENT) | NONSENSE;
    return call_condvar_signal(condvar, scope, n);
}

// Nothing to wait for blocked in the emulator; beside descriptors it knew one relative clock.
static uint64_t narrow_poll(const struct subscription *in, struct event *out, size_t n,
                            size_t *nevents) {
    unsigned clocks = 0, absolute = 0, descriptors = 0;
    for (size_t i = 0; i < n; ++i) {
        clocks += in[i].type == EVENT_CLOCK;
        absolute += in[i].type == EVENT_CLOCK && (in[i].clock.flags & ABSTIME) != 0;
        descriptors += in[i].type == EVENT_FD_READ || in[i].type == EVENT_FD_WRITE;
    }
    if (n == 0)
        host_fail("poll for nothing", "");
    if (style == EMULATOR && descriptors > 0 && (clocks > 1 || absolute > 0))
        host_fail("poll for a clock that the emulator did not know", "");
    return call_poll(in, out, n, nevents);
}

static void thread_begin(uint32_t tid, void *argument) {
    struct host_thread *thread = argument;
    thread->host_tcb = tcb_get();
    tcb_set(&thread->first);
    thread->entry(tid, thread->argument);
    host_fail("a thread returned", "");
}

static uint64_t own_thread_create(struct threadattr *attr, uint32_t *tid) {
    struct tcb *guest = calls_enter("thread_create");
    struct threadattr mine = *attr;
    if (style == EMULATOR) {
        mine.stack_len = STACK;
        mine.stack = allocate(STACK);
    }
    uintptr_t top = (uintptr_t)mine.stack + mine.stack_len - sizeof(struct host_thread);
    struct host_thread *thread = (struct host_thread *)(top & ~UINT64_C(15));
    *thread =
        (struct host_thread){.magic = HOST_MAGIC, .entry = attr->entry, .argument = attr->argument};
    thread->first.parent = thread;
    mine.stack_len = (uintptr_t)thread - (uintptr_t)mine.stack;
    mine.entry = thread_begin;
    mine.argument = thread;
    uint64_t error = cloudabi_sys_thread_create(&mine, tid);
    calls_leave(guest);
    return error | NONSENSE;
}

static void *replacement(const char *name, void *function) {
    static const struct host_call changed[] = {{"condvar_signal", narrow_condvar_signal},
                                               {"fd_stat_get", narrow_fd_stat_get},
                                               {"fd_stat_put", narrow_fd_stat_put},
                                               {"file_open", narrow_file_open},
                                               {"poll", narrow_poll},
                                               {"thread_create", own_thread_create}};
    static const char *const left_out[] = {"file_advise", "mem_advise", "proc_raise"};
    for (size_t i = 0; i < sizeof(changed) / sizeof(changed[0]); ++i)
        if (strcmp(changed[i].name, name) == 0)
            return changed[i].function;
    for (size_t i = 0; style == BARE && i < sizeof(left_out) / sizeof(left_out[0]); ++i)
        if (strcmp(left_out[i], name) == 0)
            return NULL;
    return function;
}

size_t host_calls(struct host_call *calls) {
#define LIST(name, parameters, arguments) {#name, (void *)call_##name},
    static const struct host_call all[] = {CALLS_RETURNING(LIST) CALLS_ENDING(LIST)};
    size_t count = 0;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); ++i) {
        void *function = replacement(all[i].name, all[i].function);
        if (function != NULL)
            calls[count++] = (struct host_call){all[i].name, function};
    }
    return count;
}

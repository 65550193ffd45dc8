// SPDX-License-Identifier: BSD-2-Clause
// A loader for the launcher's own tests. It takes the hand-over like the real one, but its
// "program" is a text with one command, so that each case can be made to happen:
//   report        descriptor 0: what the hand-over says, and the argument data in hexadecimal
//   exit N        end with status N
//   crash         end by a signal (SIGILL)
//   fail TEXT     report that the program cannot be loaded
//   hang          say "ready" on descriptor 0, then sleep for ever
//   close         say "ready", close descriptor 0 and sleep for ever
//   leave         say "ready", leave a child that sleeps for ever, and end with status 0
//   serve         say "ready", accept one connection on descriptor 1 and say "hello" on it
//   relay         say "ready", then pass what comes at descriptor 1 to descriptors 0 and 1, until
//                 that fails; end with the error number
//   name          send to 127.0.0.1:9 by name on descriptor 1; end with the error number
//   write         write "written" to descriptor 1; end with the error number
//   open PATH     open PATH below descriptor 1 for reading; end with the error number
//   execute PATH  the same, then map it executable
//   map           map descriptor 1 executable; end with the error number
//   create PATH   create the file PATH below descriptor 1; end with the error number
//   survive       leave children that outrun whoever ends them: each forks, and only then is ended
#include <linux/openat2.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>

#include "../../runtime/loader/handover.h"

static long call(long number, long a, long b, long c, long d, long e) {
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                     : "rcx", "r11", "memory");
    return result;
}

static long map_executable(long fd) {
    register long r9 __asm__("r9") = 0;
    register long r10 __asm__("r10") = 2; // MAP_PRIVATE
    register long r8 __asm__("r8") = fd;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(SYS_mmap), "D"(0), "S"(4096), "d"(1 | 4 /* PROT_READ | PROT_EXEC */),
                       "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

_Noreturn static void leave_with(long status) {
    for (;;)
        call(SYS_exit_group, status, 0, 0, 0, 0);
}

struct vector {
    const void *bytes;
    size_t length;
};

static long put(long fd, const void *bytes, size_t length) {
    struct vector vector = {bytes, length};
    return call(SYS_writev, fd, (long)&vector, 1, 0, 0);
}

static size_t length_of(const char *text) {
    size_t length = 0;
    while (text[length] != '\0')
        length++;
    return length;
}

static char output[1 << 16];
static size_t used;

static void add(const char *text) {
    while (*text != '\0' && used < sizeof output)
        output[used++] = *text++;
}

static void add_hex(uint64_t value, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
        char digit[2] = {"0123456789abcdef"[value >> (4 * i) & 15], 0};
        add(digit);
    }
}

static long number_of(const char *text) {
    long value = 0;
    while (*text >= '0' && *text <= '9')
        value = value * 10 + (*text++ - '0');
    return value;
}

static unsigned char buffer[1 << 16] __attribute__((aligned(8)));
static char command[256];

static const char *argument(const char *name) {
    size_t length = length_of(name);
    for (size_t i = 0; i < length; i++)
        if (command[i] != name[i])
            return NULL;
    return command[length] == ' ' ? command + length + 1 : command + length;
}

static void report(const struct handover *handover) {
    for (uint32_t i = 0; i < handover->nfds; i++) {
        const struct handover_fd *fd = &handover->fds[i];
        long flags = call(SYS_fcntl, fd->source, 3 /* F_GETFL */, 0, 0, 0);
        add("fd ");
        add_hex(i, 2);
        add(" base ");
        add_hex(fd->base, 16);
        add(" inheriting ");
        add_hex(fd->inheriting, 16);
        add(" mode ");
        add_hex((uint64_t)flags & 3, 1);
        add(flags & 02000 ? " append\n" : "\n");
    }
    add("data ");
    const unsigned char *data = (const unsigned char *)&handover->fds[handover->nfds];
    for (uint64_t i = 0; i < handover->data_len; i++)
        add_hex(data[i], 2);
    add("\n");
    put(handover->fds[0].source, output, used);
    leave_with(0);
}

static long fork_process(void) {
    int pidfd, tid;
    // The flags that the filter lets pass: CLONE_PIDFD | CLONE_CHILD_SETTID | SIGCHLD.
    return call(SYS_clone, 0x1000 | 0x01000000 | 17, 0, (long)&pidfd, (long)&tid, 0);
}

// Returns 0 or a negative error number.
static long open_below(long directory, const char *path, uint64_t flags) {
    struct open_how how = {.flags = flags, .mode = flags == 0 ? 0 : 0666};
    long fd = call(SYS_openat2, directory, (long)path, (long)&how, sizeof how, 0);
    return fd < 0 ? fd : 0;
}

static long execute_below(long directory, const char *path) {
    struct open_how how = {0};
    long fd = call(SYS_openat2, directory, (long)path, (long)&how, sizeof how, 0);
    long address = fd < 0 ? fd : map_executable(fd);
    return address < 0 && address > -4096 ? address : 0;
}

static long relay(long from, long to) {
    static char bytes[256];
    for (;;) {
        long got = call(SYS_read, from, (long)bytes, sizeof bytes, 0, 0);
        if (got < 0)
            return got;
        put(to, bytes, (size_t)got);
        long sent = call(SYS_write, from, (long)bytes, got, 0, 0);
        if (sent < 0)
            return sent;
    }
}

static long send_by_name(long fd) {
    static const unsigned char discard[16] = {2, 0, 0, 9, 127, 0, 0, 1};
    struct vector part = {"name", 4};
    const long message[7] = {(long)discard, sizeof discard, (long)&part, 1, 0, 0, 0};
    long result = call(SYS_sendmsg, fd, (long)message, 0, 0, 0);
    return result < 0 ? -result : 0;
}

_Noreturn static void sleep_for_ever(void) {
    for (;;)
        call(SYS_ppoll, 0, 0, 0, 0, 0);
}

static void fail(const struct handover *handover, const char *text) {
    struct handover_failure failure = {.error = 45, .reason = 1};
    for (size_t i = 0; text[i] != '\0' && i < sizeof failure.text - 1; i++)
        failure.text[i] = text[i];
    put(handover->status_fd, &failure, sizeof failure);
    leave_with(127);
}

static void run(const struct handover *handover) {
    const struct handover_fd *fds = handover->fds;
    const char *text;
    if (argument("report") != NULL)
        report(handover);
    if ((text = argument("exit")) != NULL)
        leave_with(number_of(text));
    if (argument("crash") != NULL)
        __builtin_trap();
    if ((text = argument("fail")) != NULL)
        fail(handover, text);
    if (argument("write") != NULL) {
        long result = put(fds[1].source, "written", 7);
        leave_with(result < 0 ? -result : 0);
    }
    if ((text = argument("create")) != NULL)
        leave_with(-open_below(fds[1].source, text, 01 | 0100 /* O_WRONLY | O_CREAT */));
    if ((text = argument("open")) != NULL)
        leave_with(-open_below(fds[1].source, text, 0));
    if (argument("map") != NULL) {
        long address = map_executable(fds[1].source);
        leave_with(address < 0 && address > -4096 ? -address : 0);
    }
    if ((text = argument("execute")) != NULL)
        leave_with(-execute_below(fds[1].source, text));
    if (argument("name") != NULL)
        leave_with(send_by_name(fds[1].source));
    put(fds[0].source, "ready\n", 6);
    if (argument("relay") != NULL)
        leave_with(-relay(fds[1].source, fds[0].source));
    if (argument("serve") != NULL) {
        long connection = call(SYS_accept4, fds[1].source, 0, 0, 0, 0);
        leave_with(put(connection, "hello", 5) == 5 ? 0 : 1);
    }
    if (argument("close") != NULL)
        call(SYS_close, fds[0].source, 0, 0, 0, 0);
    if (argument("leave") != NULL && fork_process() != 0)
        leave_with(0);
    if (argument("survive") != NULL)
        for (int i = 0; i < 2000; i++)
            if (fork_process() > 0)
                leave_with(0);
    sleep_for_ever();
}

__attribute__((used)) _Noreturn static void begin(long *stack) {
    const char *const *arguments = (const char *const *)(stack + 1);
    if (stack[0] != 2)
        leave_with(99);
    long fd = number_of(arguments[1]);
    long got = call(SYS_pread64, fd, (long)buffer, sizeof buffer, 0, 0);
    const struct handover *handover = (const struct handover *)buffer;
    if (got < (long)sizeof *handover || handover->magic != HANDOVER_MAGIC)
        leave_with(98);
    got = call(SYS_pread64, handover->program_fd, (long)command, sizeof command - 1, 0, 0);
    if (got <= 0)
        leave_with(97);
    if (argument("fail") == NULL)
        call(SYS_close, handover->status_fd, 0, 0, 0, 0);
    run(handover);
    leave_with(96);
}

__asm__(".globl _start\n_start:\n\txor %ebp, %ebp\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n"
        "\tcall begin\n\tud2\n");

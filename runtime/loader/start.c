// SPDX-License-Identifier: BSD-2-Clause
// From the kernel's entry to the program's: read the hand-over, place the descriptors, load the
// program, tell it what it needs to know.

#include <linux/prctl.h>

#include "fds.h"
#include "map.h"
#include "thread.h"
#include "user.h"

#define LINUX_AT_SYSINFO_EHDR 33
#define CANARY_LEN 64
#define UUID_LEN 16

struct state state;

extern const char __ehdr_start[] __attribute__((visibility("hidden")));

static char program_name[256];
static int status_fd = -1;

static _Noreturn void fail(cloudabi_errno_t error, enum elf_reason reason, const char *text) {
    if (status_fd >= 0) {
        struct handover_failure failure = {.error = error, .reason = (uint32_t)reason};
        size_t len = strlen(text);
        memcpy(failure.text, text, len < sizeof(failure.text) ? len : sizeof(failure.text) - 1);
        struct iovec part = {.iov_base = &failure, .iov_len = sizeof(failure)};
        LINUX(writev, status_fd, &part, 1);
    }
    for (;;)
        LINUX(exit_group, 127);
}

static _Noreturn void fail_linux(linux_result result, const char *text) {
    fail(errno_from_linux(result), ELF_OK, text);
}

// Unread memory of the process is zero, and so the empty text.
static void seal_empty_path(void) {
    linux_result at = LINUX(mmap, EMPTY_PATH, EMPTY_PATH_LEN, PROT_READ,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (at != (linux_result)EMPTY_PATH)
        fail(CLOUDABI_ENOMEM, ELF_OK, "The page of the empty path cannot be mapped.");
    linux_result result = LINUX(mseal, EMPTY_PATH, EMPTY_PATH_LEN, 0);
    // Strict mode has made sure that the kernel knows it. In full mode there are no paths to ask
    // for, and a container that denies the call does no harm.
    if (result < 0 && result != -ENOSYS && result != -EPERM)
        fail_linux(result, "The page of the empty path cannot be sealed.");
}

// A number below 2^20, or -1.
static int parse_number(const char *text) {
    int number = 0;
    if (*text == '\0')
        return -1;
    for (; *text != '\0'; ++text) {
        if (*text < '0' || *text > '9')
            return -1;
        number = number * 10 + (*text - '0');
        if (number >= (int)FDS_MAX)
            return -1;
    }
    return number;
}

static void read_exactly(int fd, void *buf, size_t len, uint64_t offset) {
    struct elf_source source;
    if (elf_source_init(&source, fd) != 0 || source.read(&source, buf, len, offset) != (int64_t)len)
        fail(CLOUDABI_EIO, ELF_OK, "The hand-over to the loader is cut short.");
}

// The hand-over without its data, in memory of its own.
static const struct handover *read_handover(int fd) {
    struct handover header;
    read_exactly(fd, &header, sizeof(header), 0);
    if (header.magic != HANDOVER_MAGIC || header.version != HANDOVER_VERSION ||
        header.nfds > HANDOVER_MAX_FDS || header.data_len > HANDOVER_MAX_DATA ||
        header.program_fd == HANDOVER_NO_FD || header.loader_fd == HANDOVER_NO_FD ||
        header.keeper > HANDOVER_KEEPER_SUPERVISOR)
        fail(CLOUDABI_EINVAL, ELF_OK, "The hand-over to the loader is not of version 2.");
    size_t len = sizeof(header) + header.nfds * sizeof(header.fds[0]);
    struct handover *handover = pages_alloc(len);
    if (handover == NULL)
        fail(CLOUDABI_ENOMEM, ELF_OK, "There is no memory for the hand-over to the loader.");
    read_exactly(fd, handover, len, 0);
    handover->nfds = header.nfds;
    handover->data_len = header.data_len;
    return handover;
}

static size_t count_cpus(void) {
    uint64_t mask[128] = {0};
    linux_result len = LINUX(sched_getaffinity, 0, sizeof(mask), mask);
    size_t count = 0;
    for (linux_result i = 0; i < len / 8; ++i)
        count += (size_t)__builtin_popcountll(mask[i]);
    return count > 0 ? count : 1;
}

struct start_block {
    cloudabi_auxv_t auxv[13];
    unsigned char uuid[UUID_LEN], canary[CANARY_LEN];
    unsigned char data[];
};

static struct start_block *make_start_block(int fd, const struct handover *handover) {
    struct start_block *block = pages_alloc(sizeof(*block) + handover->data_len);
    if (block == NULL)
        fail(CLOUDABI_ENOMEM, ELF_OK, "There is no memory for the argument data.");
    read_exactly(fd, block->data, handover->data_len,
                 sizeof(*handover) + handover->nfds * sizeof(handover->fds[0]));
    if (random_fill(block->uuid, UUID_LEN) != 0 || random_fill(block->canary, CANARY_LEN) != 0)
        fail(CLOUDABI_EIO, ELF_OK, "There are no random numbers to be had.");
    block->uuid[6] = (block->uuid[6] & 0x0f) | 0x40;
    block->uuid[8] = (block->uuid[8] & 0x3f) | 0x80;
    return block;
}

static void fill_auxv(struct start_block *block, const struct elf_image *image, uint64_t bias,
                      size_t data_len, uint32_t tid) {
    cloudabi_auxv_t auxv[] = {
        {.a_type = CLOUDABI_AT_PHDR, .a_val = bias + image->phdr},
        {.a_type = CLOUDABI_AT_PHNUM, .a_val = image->nphdrs},
        {.a_type = CLOUDABI_AT_PAGESZ, .a_val = PAGE_SIZE},
        {.a_type = CLOUDABI_AT_BASE, .a_val = bias},
        {.a_type = CLOUDABI_AT_ARGDATA, .a_ptr = block->data},
        {.a_type = CLOUDABI_AT_ARGDATALEN, .a_val = data_len},
        {.a_type = CLOUDABI_AT_CANARY, .a_ptr = block->canary},
        {.a_type = CLOUDABI_AT_CANARYLEN, .a_val = CANARY_LEN},
        {.a_type = CLOUDABI_AT_NCPUS, .a_val = count_cpus()},
        {.a_type = CLOUDABI_AT_TID, .a_val = tid},
        {.a_type = CLOUDABI_AT_SYSINFO_EHDR, .a_ptr = (void *)__ehdr_start},
        {.a_type = CLOUDABI_AT_PID, .a_ptr = block->uuid},
        {.a_type = CLOUDABI_AT_NULL},
    };
    _Static_assert(sizeof(auxv) == sizeof(block->auxv), "all entries have room");
    memcpy(block->auxv, auxv, sizeof(auxv));
}

static uint64_t load(int program_fd, struct elf_image *image) {
    struct elf_source source;
    linux_result result = elf_source_init(&source, program_fd);
    if (result < 0)
        fail_linux(result, "The program's file cannot be examined.");
    enum elf_reason reason;
    uint16_t error = elf_check(&source, image, &reason);
    if (error != 0)
        fail(error, reason, elf_reason_text(reason));
    uint64_t bias;
    result = map_program(image, program_fd, &bias);
    if (result == -EPERM || result == -EACCES)
        fail_linux(result, "The program's file may not be executed where it lies.");
    if (result < 0)
        fail_linux(result, "The program's segments cannot be mapped.");
    return bias;
}

_Noreturn __attribute__((used, visibility("hidden"))) void loader_main(uint64_t *stack) {
    uint64_t argc = stack[0];
    char **argv = (char **)&stack[1];
    uint64_t *at = &stack[argc + 2];
    while (*at != 0)
        ++at;
    for (++at; at[0] != 0; at += 2) {
        if (at[0] == LINUX_AT_SYSINFO_EHDR)
            clock_init((const void *)at[1]);
    }
    int handover_fd = argc == 2 ? parse_number(argv[1]) : -1;
    if (handover_fd < 0)
        fail(CLOUDABI_EINVAL, ELF_OK, "");
    size_t name_len = strlen(argv[0]);
    memcpy(program_name, argv[0],
           name_len < sizeof(program_name) ? name_len : sizeof(program_name) - 1);
    state.program_name = program_name;

    uint32_t tid = thread_init();
    const struct handover *handover = read_handover(handover_fd);
    if (handover->status_fd != HANDOVER_NO_FD)
        status_fd = (int)handover->status_fd;
    seal_empty_path();
    // A crash must not start a helper outside on memory that the program shaped. The launcher's
    // limit says so too, but where the user's own is 0 Linux does not heed it (core(5)).
    linux_result result = LINUX(prctl, PR_SET_DUMPABLE, 0);
    if (result < 0)
        fail_linux(result, "The program's memory cannot be kept from core dumps.");
    struct start_block *block = make_start_block(handover_fd, handover);
    state.keeper = handover->keeper;

    int program_fd;
    result = descriptors_place(handover, &program_fd, &status_fd);
    if (result < 0)
        fail_linux(result, "The program's descriptors cannot be put in their places.");

    struct elf_image image;
    uint64_t bias = load(program_fd, &image);
    fill_auxv(block, &image, bias, handover->data_len, tid);
    result = fault_init();
    if (result < 0)
        fail_linux(result, "The loader cannot catch its own faults.");
    pages_free((void *)handover, sizeof(*handover) + handover->nfds * sizeof(handover->fds[0]));
    LINUX(close, program_fd);
    if (status_fd >= 0)
        LINUX(close, status_fd);
    enter_program(bias + image.entry, block->auxv, stack);
}

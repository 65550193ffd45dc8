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
static int status_fd; // -1 where there is none

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

// What the program finds behind its stack. All of a usual hand-over is read at once, and its data
// stays where it is.
struct start_block {
    cloudabi_auxv_t auxv[13];
    struct {
        unsigned char uuid[UUID_LEN], canary[CANARY_LEN];
        uint64_t place; // of the program
    } random;
    _Alignas(struct handover) char usual[1024];
};

static size_t list_len(const struct handover *handover) {
    return sizeof(*handover) + handover->nfds * sizeof(handover->fds[0]);
}

static void check_header(const struct handover *handover) {
    if (handover->magic != HANDOVER_MAGIC || handover->version != HANDOVER_VERSION ||
        handover->nfds > HANDOVER_MAX_FDS || handover->data_len > HANDOVER_MAX_DATA ||
        handover->program_fd == HANDOVER_NO_FD || handover->loader_fd == HANDOVER_NO_FD ||
        handover->keeper > HANDOVER_KEEPER_SUPERVISOR || handover->tid_base > HANDOVER_MAX_TID_BASE)
        fail(CLOUDABI_EINVAL, ELF_OK, "The hand-over to the loader is not of version 2.");
}

static _Noreturn void fail_short(void) {
    fail(CLOUDABI_EIO, ELF_OK, "The hand-over to the loader is cut short.");
}

// The data follows the list, which is nobody else's and may be changed.
static struct handover *read_handover(int fd, struct start_block *block) {
    struct handover *handover = (struct handover *)block->usual;
    // Memory files give all there is.
    int64_t got = LINUX(pread64, fd, block->usual, sizeof(block->usual), 0);
    if (got < (int64_t)sizeof(*handover))
        fail_short();
    check_header(handover);
    size_t len = list_len(handover) + handover->data_len;
    if (len > sizeof(block->usual)) {
        struct handover *large = pages_alloc(len);
        if (large == NULL)
            fail(CLOUDABI_ENOMEM, ELF_OK, "There is no memory for the hand-over to the loader.");
        got = fd_read_at(fd, large, len, 0);
        *large = *handover;
        handover = large;
    }
    if (got < (int64_t)list_len(handover))
        fail_short();
    if (handover->status_fd != HANDOVER_NO_FD)
        status_fd = (int)handover->status_fd;
    if (got < (int64_t)len)
        fail_short();
    return handover;
}

// The pages before the data, where there are any.
static void free_list(struct handover *handover) {
    size_t len = list_len(handover) & ~(PAGE_SIZE - 1);
    if (len > 0) // not of a usual one
        pages_free(handover, len);
}

static size_t count_cpus(void) {
    uint64_t mask[128] = {0};
    linux_result len = LINUX(sched_getaffinity, 0, sizeof(mask), mask);
    size_t count = 0;
    for (linux_result i = 0; i < len / 8; ++i)
        count += (size_t)__builtin_popcountll(mask[i]);
    return count > 0 ? count : 1;
}

static void fill_random(struct start_block *block) {
    if (random_fill(&block->random, sizeof(block->random)) != 0)
        fail(CLOUDABI_EIO, ELF_OK, "There are no random numbers to be had.");
    block->random.uuid[6] = (block->random.uuid[6] & 0x0f) | 0x40;
    block->random.uuid[8] = (block->random.uuid[8] & 0x3f) | 0x80;
}

static void fill_auxv(struct start_block *block, const struct elf_image *image, uint64_t bias,
                      struct handover *handover, uint32_t tid) {
    cloudabi_auxv_t auxv[] = {
        {.a_type = CLOUDABI_AT_PHDR, .a_val = bias + image->phdr},
        {.a_type = CLOUDABI_AT_PHNUM, .a_val = image->nphdrs},
        {.a_type = CLOUDABI_AT_PAGESZ, .a_val = PAGE_SIZE},
        {.a_type = CLOUDABI_AT_BASE, .a_val = bias},
        {.a_type = CLOUDABI_AT_ARGDATA, .a_ptr = (char *)handover + list_len(handover)},
        {.a_type = CLOUDABI_AT_ARGDATALEN, .a_val = handover->data_len},
        {.a_type = CLOUDABI_AT_CANARY, .a_ptr = block->random.canary},
        {.a_type = CLOUDABI_AT_CANARYLEN, .a_val = CANARY_LEN},
        {.a_type = CLOUDABI_AT_NCPUS, .a_val = count_cpus()},
        {.a_type = CLOUDABI_AT_TID, .a_val = tid},
        {.a_type = CLOUDABI_AT_SYSINFO_EHDR, .a_ptr = (void *)__ehdr_start},
        {.a_type = CLOUDABI_AT_PID, .a_ptr = block->random.uuid},
        {.a_type = CLOUDABI_AT_NULL},
    };
    _Static_assert(sizeof(auxv) == sizeof(block->auxv), "all entries have room");
    memcpy(block->auxv, auxv, sizeof(auxv));
}

static uint64_t load(int program_fd, uint64_t random, struct elf_image *image) {
    struct elf_source source;
    linux_result result = elf_source_init(&source, program_fd);
    if (result < 0)
        fail_linux(result, "The program's file cannot be examined.");
    enum elf_reason reason;
    uint16_t error = elf_check(&source, image, &reason);
    if (error != 0)
        fail(error, reason, elf_reason_text(reason));
    uint64_t bias;
    result = map_program(image, program_fd, random, &bias);
    if (result == -EPERM || result == -EACCES)
        fail_linux(result, "The program's file may not be executed where it lies.");
    if (result < 0)
        fail_linux(result, "The program's segments cannot be mapped.");
    return bias;
}

_Noreturn __attribute__((used, visibility("hidden"))) void loader_main(uint64_t *stack) {
    status_fd = -1;
    uint64_t argc = stack[0];
    char **argv = (char **)&stack[1];
    uint64_t *at = &stack[argc + 2];
    while (*at != 0)
        ++at;
    const void *host_vdso = NULL;
    for (++at; at[0] != 0; at += 2) {
        if (at[0] == LINUX_AT_SYSINFO_EHDR)
            host_vdso = (const void *)at[1];
    }
    clock_init(host_vdso);
    int handover_fd = argc == 2 ? parse_number(argv[1]) : -1;
    if (handover_fd < 0)
        fail(CLOUDABI_EINVAL, ELF_OK, "");
    size_t name_len = strlen(argv[0]);
    memcpy(program_name, argv[0],
           name_len < sizeof(program_name) ? name_len : sizeof(program_name) - 1);
    state.program_name = program_name;

    thread_init();
    struct start_block block;
    struct handover *handover = read_handover(handover_fd, &block);
    seal_empty_path();
    // A crash must not start a helper outside on memory that the program shaped. The launcher's
    // limit says so too, but where the user's own is 0 Linux does not heed it (core(5)).
    linux_result result = LINUX(prctl, PR_SET_DUMPABLE, 0);
    if (result < 0)
        fail_linux(result, "The program's memory cannot be kept from core dumps.");
    fill_random(&block);
    state.keeper = handover->keeper;

    int program_fd;
    result = descriptors_place(handover, &program_fd, &status_fd);
    if (result < 0)
        fail_linux(result, "The program's descriptors cannot be put in their places.");

    struct elf_image image;
    uint64_t bias = load(program_fd, block.random.place, &image);
    fill_auxv(&block, &image, bias, handover, thread_number(handover->tid_base));
    result = fault_init();
    if (result < 0)
        fail_linux(result, "The loader cannot catch its own faults.");
    free_list(handover);
    // And the status descriptor, which is the last.
    LINUX(close_range, program_fd, ~0U, 0);
    enter_program(bias + image.entry, block.auxv, &block);
}

// SPDX-License-Identifier: BSD-2-Clause
// Maps a checked program, at a random address if it can be anywhere.

#include "map.h"

static int64_t read_fd(const struct elf_source *source, void *buf, uint64_t len, uint64_t offset) {
    uint64_t done = 0;
    while (done < len) {
        struct iovec part = {.iov_base = (char *)buf + done, .iov_len = len - done};
        linux_result got = LINUX(preadv, source->fd, &part, 1, offset + done, 0);
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += (uint64_t)got;
    }
    return (int64_t)done;
}

linux_result elf_source_init(struct elf_source *source, int fd) {
    struct stat stat;
    linux_result result = LINUX(fstat, fd, &stat);
    if (result < 0)
        return result;
    *source = (struct elf_source){.read = read_fd, .size = (uint64_t)stat.st_size, .fd = fd};
    return 0;
}

static int protection(uint32_t flags) {
    return ((flags & PF_R) != 0 ? PROT_READ : 0) | ((flags & PF_W) != 0 ? PROT_WRITE : 0) |
           ((flags & PF_X) != 0 ? PROT_EXEC : 0);
}

// Somewhere in the lower 64 TiB, above 4 GiB. A hint only: if the place is taken, the kernel
// chooses, at random too.
static linux_result choose_place(uint64_t *hint) {
    uint64_t random;
    if (random_fill(&random, sizeof(random)) != CLOUDABI_ESUCCESS)
        return -EIO;
    *hint = (UINT64_C(1) << 32) + (random & UINT64_C(0x3ffffffff000));
    return 0;
}

static linux_result reserve(const struct elf_image *image) {
    uint64_t hint = image->lowest;
    linux_result result = image->fixed ? 0 : choose_place(&hint);
    if (result < 0)
        return result;
    result = LINUX(mmap, hint, image->span, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                   -1, 0);
    return image->fixed && result >= 0 && (uint64_t)result != hint ? -ENOMEM : result;
}

static uint64_t page_down(uint64_t value) {
    return value & ~(ELF_PAGE - 1);
}

static uint64_t page_up(uint64_t value) {
    return page_down(value + ELF_PAGE - 1);
}

// A segment may begin inside a page: what lies before it there is what the file has, as with every
// other loader.
static linux_result map_segment(const Elf64_Phdr *segment, uint64_t at, int fd) {
    uint64_t start = page_down(at);
    uint64_t file_end = at + segment->p_filesz;
    uint64_t memory_end = at + segment->p_memsz;
    uint64_t file_pages_end = segment->p_filesz > 0 ? page_up(file_end) : start;
    uint64_t pages_end = page_up(memory_end);
    int final = protection(segment->p_flags);
    bool tail = memory_end > file_end && file_pages_end > file_end;
    linux_result result;

    if (segment->p_filesz > 0) {
        result = LINUX(mmap, start, file_pages_end - start, tail ? PROT_READ | PROT_WRITE : final,
                       MAP_PRIVATE | MAP_FIXED, fd, page_down(segment->p_offset));
        if (result < 0)
            return result;
    }
    if (tail) {
        memset((void *)file_end, 0, file_pages_end - file_end);
        result = LINUX(mprotect, start, file_pages_end - start, final);
        if (result < 0)
            return result;
    }
    if (pages_end > file_pages_end) {
        result = LINUX(mmap, file_pages_end, pages_end - file_pages_end, final,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        if (result < 0)
            return result;
    }
    return 0;
}

linux_result map_program(const struct elf_image *image, int fd, uint64_t *bias) {
    linux_result base = reserve(image);
    if (base < 0)
        return base;
    *bias = (uint64_t)base - image->lowest;
    for (uint32_t i = 0; i < image->nphdrs; ++i) {
        const Elf64_Phdr *segment = &image->phdrs[i];
        if (segment->p_type != PT_LOAD || segment->p_memsz == 0)
            continue;
        linux_result result = map_segment(segment, *bias + segment->p_vaddr, fd);
        if (result < 0)
            return result;
    }
    return 0;
}

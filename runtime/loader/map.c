// SPDX-License-Identifier: BSD-2-Clause
// Maps a checked program, at a random address if it can be anywhere.

#include "map.h"

int64_t fd_read_at(int fd, void *buf, uint64_t len, uint64_t offset) {
    uint64_t done = 0;
    while (done < len) {
        linux_result got = LINUX(pread64, fd, (char *)buf + done, len - done, offset + done);
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += (uint64_t)got;
    }
    return (int64_t)done;
}

static int64_t read_source(const struct elf_source *source, void *buf, uint64_t len,
                           uint64_t offset) {
    return fd_read_at(source->fd, buf, len, offset);
}

linux_result elf_source_init(struct elf_source *source, int fd) {
    struct stat stat;
    linux_result result = LINUX(fstat, fd, &stat);
    if (result < 0)
        return result;
    *source = (struct elf_source){.read = read_source, .size = (uint64_t)stat.st_size, .fd = fd};
    return 0;
}

static int protection(uint32_t flags) {
    return ((flags & PF_R) != 0 ? PROT_READ : 0) | ((flags & PF_W) != 0 ? PROT_WRITE : 0) |
           ((flags & PF_X) != 0 ? PROT_EXEC : 0);
}

static uint64_t page_down(uint64_t value) {
    return value & ~(ELF_PAGE - 1);
}

static uint64_t page_up(uint64_t value) {
    return page_down(value + ELF_PAGE - 1);
}

// A segment may begin inside a page: what lies before it there is what the file has, as with every
// other loader. `fixed` is MAP_FIXED or MAP_FIXED_NOREPLACE.
static linux_result map_segment(const Elf64_Phdr *segment, uint64_t at, int fd, int fixed) {
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
                       MAP_PRIVATE | fixed, fd, page_down(segment->p_offset));
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
                       MAP_PRIVATE | MAP_ANONYMOUS | fixed, -1, 0);
        if (result < 0)
            return result;
    }
    return 0;
}

static linux_result map_segments(const struct elf_image *image, int fd, uint64_t bias, int fixed) {
    for (uint32_t i = 0; i < image->nphdrs; ++i) {
        const Elf64_Phdr *segment = &image->phdrs[i];
        if (segment->p_type != PT_LOAD || segment->p_memsz == 0)
            continue;
        linux_result result = map_segment(segment, bias + segment->p_vaddr, fd, fixed);
        if (result < 0)
            return result;
    }
    return 0;
}

// Nothing else may get between the segments.
static bool has_gaps(const struct elf_image *image) {
    uint64_t end = image->lowest;
    for (uint32_t i = 0; i < image->nphdrs; ++i) {
        const Elf64_Phdr *segment = &image->phdrs[i];
        if (segment->p_type != PT_LOAD || segment->p_memsz == 0)
            continue;
        if (page_down(segment->p_vaddr) != end)
            return true;
        end = page_up(segment->p_vaddr + segment->p_memsz);
    }
    return end != image->lowest + image->span;
}

linux_result map_program(const struct elf_image *image, int fd, uint64_t random, uint64_t *bias) {
    // Somewhere in the lower 64 TiB, above 4 GiB, where hardly ever anything is. If the place is
    // taken, the kernel chooses, at random too, and what was mapped by then is left behind.
    uint64_t hint =
        image->fixed ? image->lowest : (UINT64_C(1) << 32) + (random & UINT64_C(0x3ffffffff000));
    if (!image->fixed && !has_gaps(image)) {
        *bias = hint - image->lowest;
        linux_result result = map_segments(image, fd, *bias, MAP_FIXED_NOREPLACE);
        if (result != -EEXIST)
            return result;
    }
    linux_result base = LINUX(mmap, hint, image->span, PROT_NONE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base < 0)
        return base;
    if (image->fixed && (uint64_t)base != hint)
        return -ENOMEM;
    *bias = (uint64_t)base - image->lowest;
    return map_segments(image, fd, *bias, MAP_FIXED);
}

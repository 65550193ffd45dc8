// SPDX-License-Identifier: BSD-2-Clause
// A table of the ranges whose protection is bounded. Most mappings are not and have no entry.

#include "mem_ceiling.h"

#define FIRST_ROOM 20
#define FULL (CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE | CLOUDABI_PROT_EXEC)

struct range {
    uintptr_t start, end;
    cloudabi_mprot_t ceiling;
};

static struct range first[FIRST_ROOM];
static struct range *ranges;
static size_t count, room;
static struct mutex mutex;

void ceiling_lock(void) {
    mutex_lock(&mutex);
}

void ceiling_unlock(void) {
    mutex_unlock(&mutex);
}

// Makes sure of two more entries: one to add, one for a range that is split.
static bool have_room(void) {
    if (room == 0) {
        ranges = first; // not an initialiser: nobody relocates this image
        room = FIRST_ROOM;
    }
    if (count + 2 <= room)
        return true;
    struct range *grown = pages_alloc(2 * room * sizeof(*grown));
    if (grown == NULL)
        return false;
    memcpy(grown, ranges, count * sizeof(*grown));
    if (ranges != first)
        pages_free(ranges, room * sizeof(*ranges));
    ranges = grown;
    room *= 2;
    return true;
}

static uintptr_t range_end(uintptr_t start, size_t len) {
    uintptr_t end = start + len + PAGE_SIZE - 1;
    return end < start ? UINTPTR_MAX : end & ~(PAGE_SIZE - 1);
}

// Forgets [start, end). Needs room for one more entry at most.
static void forget(uintptr_t start, uintptr_t end) {
    for (size_t i = 0; i < count;) {
        struct range *range = &ranges[i];
        if (range->end <= start || range->start >= end) {
            ++i;
        } else if (range->start < start && range->end > end) {
            ranges[count++] = (struct range){end, range->end, range->ceiling};
            range->end = start;
            return;
        } else if (range->start < start) {
            range->end = start;
            ++i;
        } else if (range->end > end) {
            range->start = end;
            ++i;
        } else {
            *range = ranges[--count];
        }
    }
}

cloudabi_errno_t ceiling_map(void *addr, size_t len, int prot, int flags, int fd, uint64_t off,
                             cloudabi_mprot_t ceiling, void **mem) {
    cloudabi_errno_t error = CLOUDABI_ENOMEM;
    mutex_lock(&mutex);
    if (have_room()) {
        linux_result at = LINUX(mmap, addr, len, prot, flags, fd, off);
        error = errno_from_linux(at);
        if (error == 0) {
            uintptr_t start = (uintptr_t)at, end = range_end(start, len);
            forget(start, end);
            if (ceiling != FULL)
                ranges[count++] = (struct range){start, end, ceiling};
            *mem = (void *)at;
        }
    }
    mutex_unlock(&mutex);
    return error;
}

cloudabi_errno_t ceiling_protect(void *addr, size_t len, cloudabi_mprot_t prot, int linux_prot) {
    uintptr_t start = (uintptr_t)addr, end = range_end(start, len);
    cloudabi_errno_t error = CLOUDABI_ESUCCESS;
    mutex_lock(&mutex);
    for (size_t i = 0; i < count; ++i) {
        if (ranges[i].start < end && ranges[i].end > start && (prot & ~ranges[i].ceiling) != 0)
            error = CLOUDABI_ENOTCAPABLE;
    }
    if (error == 0)
        error = errno_from_linux(LINUX(mprotect, addr, len, linux_prot));
    mutex_unlock(&mutex);
    return error;
}

cloudabi_errno_t ceiling_unmap(void *addr, size_t len) {
    cloudabi_errno_t error = CLOUDABI_ENOMEM;
    mutex_lock(&mutex);
    if (have_room()) {
        error = errno_from_linux(LINUX(munmap, addr, len));
        if (error == 0)
            forget((uintptr_t)addr, range_end((uintptr_t)addr, len));
    }
    mutex_unlock(&mutex);
    return error;
}

// SPDX-License-Identifier: BSD-2-Clause
// file_readdir.

#include "fds.h"
#include "user.h"

#define CHUNK 4096

// Place and read belong together, and the place is shared by all threads.
static struct mutex place_mutex;

void readdir_lock(void) {
    mutex_lock(&place_mutex);
}

void readdir_unlock(void) {
    mutex_unlock(&place_mutex);
}

static cloudabi_filetype_t type_from_linux(unsigned char type) {
    switch (type) {
    case LINUX_DT_FIFO:
    case LINUX_DT_SOCK:
        return CLOUDABI_FILETYPE_SOCKET_STREAM;
    case LINUX_DT_CHR:
        return CLOUDABI_FILETYPE_CHARACTER_DEVICE;
    case LINUX_DT_DIR:
        return CLOUDABI_FILETYPE_DIRECTORY;
    case LINUX_DT_BLK:
        return CLOUDABI_FILETYPE_BLOCK_DEVICE;
    case LINUX_DT_REG:
        return CLOUDABI_FILETYPE_REGULAR_FILE;
    case LINUX_DT_LNK:
        return CLOUDABI_FILETYPE_SYMBOLIC_LINK;
    default:
        return CLOUDABI_FILETYPE_UNKNOWN;
    }
}

struct output {
    char *buf;
    size_t len, used;
    bool bad; // the buffer is not the program's memory
};

static void put(struct output *out, const void *bytes, size_t len) {
    size_t room = out->len - out->used;
    if (len > room)
        len = room;
    out->bad = out->bad || !user_copy(out->buf + out->used, bytes, len);
    out->used += len;
}

static void put_entry(struct output *out, const struct linux_dirent64 *entry) {
    cloudabi_dirent_t header;
    memset(&header, 0, sizeof(header));
    header.d_next = (cloudabi_dircookie_t)entry->d_off;
    header.d_ino = entry->d_ino;
    header.d_namlen = (uint32_t)strlen(entry->d_name);
    header.d_type = type_from_linux(entry->d_type);
    put(out, &header, sizeof(header));
    put(out, entry->d_name, header.d_namlen);
}

static linux_result fill(cloudabi_fd_t fd, cloudabi_dircookie_t cookie, struct output *out) {
    linux_result result = LINUX(lseek, fd, cookie, SEEK_SET);
    while (result >= 0 && out->used < out->len) {
        char chunk[CHUNK] __attribute__((aligned(8)));
        result = LINUX(getdents64, fd, chunk, sizeof(chunk));
        if (result <= 0)
            return result;
        for (linux_result at = 0; at < result && out->used < out->len;) {
            const struct linux_dirent64 *entry = (const struct linux_dirent64 *)&chunk[at];
            put_entry(out, entry);
            if (out->bad)
                return -EFAULT;
            at += entry->d_reclen;
        }
    }
    return result;
}

EXPORT cloudabi_errno_t cloudabi_sys_file_readdir(cloudabi_fd_t fd, void *buf, size_t buf_len,
                                                  cloudabi_dircookie_t cookie, size_t *bufused) {
    cloudabi_errno_t error = fd_check(fd, CLOUDABI_RIGHT_FILE_READDIR);
    if (error != 0)
        return error;
    struct output out = {.buf = buf, .len = buf_len};
    readdir_lock();
    linux_result result = fill(fd, cookie, &out);
    readdir_unlock();
    if (result < 0)
        return errno_from_linux(result);
    return user_put64(bufused, out.used) ? CLOUDABI_ESUCCESS : CLOUDABI_EFAULT;
}

// SPDX-License-Identifier: BSD-2-Clause
// What a Linux descriptor is in CloudABI's terms, and the largest rights that it can have.

#include "fds.h"

#define MODE_TYPE 0170000
#define MODE_SOCKET 0140000
#define MODE_LINK 0120000
#define MODE_REGULAR 0100000
#define MODE_BLOCK 0060000
#define MODE_DIRECTORY 0040000
#define MODE_CHARACTER 0020000
#define MODE_FIFO 0010000

cloudabi_filetype_t filetype_from_mode(unsigned mode) {
    switch (mode & MODE_TYPE) {
    case MODE_SOCKET:
    case MODE_FIFO:
        return CLOUDABI_FILETYPE_SOCKET_STREAM;
    case MODE_LINK:
        return CLOUDABI_FILETYPE_SYMBOLIC_LINK;
    case MODE_REGULAR:
        return CLOUDABI_FILETYPE_REGULAR_FILE;
    case MODE_BLOCK:
        return CLOUDABI_FILETYPE_BLOCK_DEVICE;
    case MODE_DIRECTORY:
        return CLOUDABI_FILETYPE_DIRECTORY;
    case MODE_CHARACTER:
        return CLOUDABI_FILETYPE_CHARACTER_DEVICE;
    default:
        return CLOUDABI_FILETYPE_UNKNOWN;
    }
}

// By device number, as there is no ioctl to ask: consoles, serial lines, pseudo-terminals.
static bool is_terminal(const struct stat *stat) {
    unsigned major = (unsigned)(stat->st_rdev >> 8) & 0xfff;
    return major == 4 || (major == 5 && (stat->st_rdev & 0xff) != 2) || major == 204 ||
           major == 188 || major == 229 || (major >= 136 && major <= 143);
}

static int socket_option(int fd, int option) {
    int value = -1, len = sizeof(value);
    return LINUX(getsockopt, fd, LINUX_SOL_SOCKET, option, &value, &len) == 0 ? value : -1;
}

static cloudabi_filetype_t find_type(int fd, const struct stat *stat) {
    cloudabi_filetype_t type = filetype_from_mode(stat->st_mode);
    if ((stat->st_mode & MODE_TYPE) == MODE_SOCKET)
        return socket_option(fd, LINUX_SO_TYPE) == LINUX_SOCK_STREAM
                   ? CLOUDABI_FILETYPE_SOCKET_STREAM
                   : CLOUDABI_FILETYPE_SOCKET_DGRAM;
    // A pidfd says that it is a regular file, but has no offset.
    if (type == CLOUDABI_FILETYPE_REGULAR_FILE && LINUX(lseek, fd, 0, SEEK_CUR) == -ESPIPE)
        return CLOUDABI_FILETYPE_UNKNOWN;
    return type;
}

// `flags` are the descriptor's, of which the access mode matters.
static void describe(int fd, const struct stat *stat, cloudabi_filetype_t type, uint64_t flags,
                     struct descriptor *out) {
    out->type = type;
    cloudabi_rights_max(type, &out->base, &out->inheriting);

    bool socket = (stat->st_mode & MODE_TYPE) == MODE_SOCKET;
    if (socket && socket_option(fd, LINUX_SO_ACCEPTCONN) == 1) {
        out->base = CLOUDABI_RIGHTS_LISTENING_SOCKET_BASE;
        out->inheriting = CLOUDABI_RIGHTS_LISTENING_SOCKET_INHERITING;
    }
    if (type == CLOUDABI_FILETYPE_CHARACTER_DEVICE && is_terminal(stat)) {
        out->base = CLOUDABI_RIGHTS_TERMINAL_BASE;
        out->inheriting = CLOUDABI_RIGHTS_TERMINAL_INHERITING;
    }
    if ((flags & O_ACCMODE) == O_RDONLY)
        out->base &= ~CLOUDABI_RIGHT_FD_WRITE;
    if ((flags & O_ACCMODE) == O_WRONLY)
        out->base &= ~CLOUDABI_RIGHT_FD_READ;
}

void fd_nature(int fd, cloudabi_filetype_t type, struct descriptor *out) {
    // No directory is open for writing.
    if (type == CLOUDABI_FILETYPE_DIRECTORY) {
        fd_nature_opened(fd, O_RDONLY | O_DIRECTORY, out);
        return;
    }
    *out = (struct descriptor){.type = CLOUDABI_FILETYPE_UNKNOWN};
    struct stat stat;
    linux_result flags = LINUX(fcntl, fd, F_GETFL);
    if (flags < 0 || LINUX(fstat, fd, &stat) != 0)
        return;
    if (type == CLOUDABI_FILETYPE_UNKNOWN)
        type = find_type(fd, &stat);
    describe(fd, &stat, type, (uint64_t)flags, out);
}

void fd_nature_opened(int fd, uint64_t flags, struct descriptor *out) {
    *out = (struct descriptor){.type = CLOUDABI_FILETYPE_UNKNOWN};
    struct stat stat;
    bool known = true;
    if ((flags & O_DIRECTORY) != 0) // nothing else opens with it
        stat.st_mode = MODE_DIRECTORY;
    else if ((flags & O_CREAT) != 0 && (flags & O_EXCL) != 0)
        stat.st_mode = MODE_REGULAR;
    else
        known = LINUX(fstat, fd, &stat) == 0;
    if (known)
        describe(fd, &stat, filetype_from_mode(stat.st_mode), flags, out);
}

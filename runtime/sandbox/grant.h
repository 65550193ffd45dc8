// SPDX-License-Identifier: BSD-2-Clause
// A grant: one descriptor that the configuration names for the program.
#ifndef CLOUDABI_SANDBOX_GRANT_H
#define CLOUDABI_SANDBOX_GRANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "failure.h"

enum grant_kind {
    GRANT_INHERITED, // a descriptor this process was started with
    GRANT_PATH,      // a file or directory opened by its path
    GRANT_SOCKET,    // a socket that listens, is connected, or receives datagrams
    GRANT_PROGRAM,   // the program's own executable
};

// What `rights:` can say. See rights.c for what each word becomes.
enum grant_right {
    GRANT_LIST = 1,
    GRANT_READ = 2,
    GRANT_WRITE = 4,
    GRANT_APPEND = 8,
    GRANT_EXEC = 16,
};

struct grant {
    enum grant_kind kind;
    const char *where; // "file:line:column", the start of each message about this grant
    const char
        *path;     // GRANT_PATH; GRANT_SOCKET: the text of `address`, a path if that is a UNIX one
    int inherited; // GRANT_INHERITED: the number in this process
    unsigned rights; // GRANT_PATH: set of enum grant_right
    bool create;     // GRANT_PATH: make a plain file when nothing is there

    // GRANT_SOCKET: SOCK_STREAM or SOCK_DGRAM, bound to `address`, connected to `peer`; the length
    // of one can be 0. Without a peer a stream socket listens.
    int type;
    struct sockaddr_storage address, peer;
    socklen_t address_len, peer_len;
    const char *peer_path; // the text of `peer`

    // Filled by grants_open(). A directory becomes a mount of its own later, in the worker: until
    // then `fd` is -1 (GRANT_PATH) or a raw host descriptor (GRANT_INHERITED).
    int fd;
    int tree;        // in full mode, 0 if there is none: the tree that a file or directory was
                     // opened through
    char *host_path; // of an inherited directory, where it is known to lead there
    bool directory;
    bool attached; // its mount is beside the sandbox's root
    bool made;     // this process created the file or socket at `path`
    dev_t device;
    ino_t inode;
};

struct grants {
    struct grant *list;
    size_t count;
    int loader_tree; // the same, of the loader
};

// Opens everything but directories. Nothing is created before all that exists has been opened.
// Returns 0, or -1 with the failure filled; the caller then calls grants_discard().
int grants_open(struct grants *grants, int program_fd, struct failure *failure);

// Removes the files and sockets that grants_open() created: the program never started.
void grants_discard(struct grants *grants);

// Removes the UNIX sockets that grants_open() bound: the program has ended.
void grants_remove_sockets(struct grants *grants);

// The rights of the descriptor itself and of what is opened through it, as the ABI's bit sets.
// Both are upper bounds: the loader cuts them by file type and open mode.
void grant_rights(const struct grant *grant, uint64_t *base, uint64_t *inheriting);

#endif

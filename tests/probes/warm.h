// SPDX-License-Identifier: BSD-2-Clause
// What warm_client.c sends to warm_server.c: one packet, answered by the status that waitpid()
// gives.
#ifndef WARM_H
#define WARM_H

enum {
    WARM_SIZE = 1 << 18, // of arguments and environment
    WARM_FDS = 4,        // standard input, output and error, and the folder to run in
};

// Strings follow: the arguments, then the environment.
struct warm_head {
    int arguments;
    int variables;
};

#endif

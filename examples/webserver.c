// SPDX-License-Identifier: BSD-2-Clause
// Serves a granted directory on a granted listening socket. It can neither open another port nor
// read another file, whatever a request makes it do.

#include <errno.h>
#include <fcntl.h>
#include <program.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arguments.h"

enum { REQUEST_MAX = 4096 };

// The first line and the headers; false when the client sends none that fits.
static bool read_request(int connection, char request[REQUEST_MAX]) {
    size_t len = 0;
    while (len < REQUEST_MAX - 1) {
        ssize_t more = read(connection, request + len, REQUEST_MAX - 1 - len);
        if (more <= 0)
            return false;
        len += (size_t)more;
        request[len] = '\0';
        if (strstr(request, "\r\n\r\n") != NULL)
            return true;
    }
    return false;
}

static void send_error(FILE *out, int status, const char *reason) {
    fprintf(out, "HTTP/1.0 %d %s\r\nContent-Type: text/plain\r\n\r\n%s\n", status, reason, reason);
}

static void send_file(FILE *out, int directory, const char *path) {
    // A path that leads out of the directory, by "..", from "/" or through a link, is refused by
    // the system with ENOTCAPABLE. There is nothing to check here.
    int fd = openat(directory, path, O_RDONLY);
    if (fd < 0) {
        send_error(out, errno == ENOTCAPABLE ? 403 : 404, strerror(errno));
        return;
    }
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        fprintf(out, "HTTP/1.0 200 OK\r\nContent-Length: %lld\r\n\r\n", (long long)st.st_size);
        char buffer[16384];
        ssize_t len;
        while ((len = read(fd, buffer, sizeof(buffer))) > 0)
            fwrite(buffer, 1, (size_t)len, out);
    } else {
        send_error(out, 403, "Not a file");
    }
    close(fd);
}

static void serve(int connection, int directory) {
    FILE *out = fdopen(connection, "w");
    char request[REQUEST_MAX];
    if (out == NULL) {
        close(connection);
        return;
    }
    if (read_request(connection, request)) {
        char *path = request + strlen("GET /");
        char *end = strpbrk(path, " ?\r");
        if (strncmp(request, "GET /", strlen("GET /")) != 0 || end == NULL) {
            send_error(out, 400, "Bad request");
        } else {
            *end = '\0';
            send_file(out, directory, *path == '\0' ? "index.html" : path);
        }
    }
    fflush(out);
    shutdown(connection, SHUT_WR);
    fclose(out);
}

void program_main(const argdata_t *arguments) {
    int listener = argument_fd(arguments, "socket");
    int directory = argument_fd(arguments, "directory");
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        if (connection < 0)
            exit(1);
        serve(connection, directory);
    }
}

// SPDX-License-Identifier: BSD-2-Clause
// Directory streams.

#define _GNU_SOURCE
#include <dirent.h>
#include <sys/stat.h>

#include "../files.h"

static int count(DIR *dir) {
    int n = 0;
    while (readdir(dir) != NULL)
        ++n;
    return n;
}

static void entries(struct check *t) {
    int base = check_fd(t, "dir");
    CHECK_INT(t, mkdirat(base, "some", 0), 0);
    make_file(t, base, "some/file", "");
    CHECK_INT(t, mkdirat(base, "some/directory", 0), 0);
    CHECK_INT(t, symlinkat("file", base, "some/link"), 0);
    DIR *dir = opendirat(base, "some");
    CHECK_REQUIRE(t, dir != NULL);
    int seen = 0;
    struct stat st;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL; ++seen) {
        check_context(t, entry->d_name);
        if (strcmp(entry->d_name, "file") == 0)
            CHECK_INT(t, entry->d_type, DT_REG);
        else if (strcmp(entry->d_name, "link") == 0)
            CHECK_INT(t, entry->d_type, DT_LNK);
        else if (strcmp(entry->d_name, "..") != 0)
            CHECK_INT(t, entry->d_type, DT_DIR);
        if (entry->d_name[0] != '.') {
            CHECK_INT(t, fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW), 0);
            CHECK_INT(t, entry->d_ino, st.st_ino);
        }
    }
    check_context(t, NULL);
    CHECK_INT(t, seen, 5);
    errno = 0;
    CHECK(t, readdir(dir) == NULL);
    CHECK_INT(t, errno, 0);
    int fd = dirfd(dir);
    CHECK_INT(t, closedir(dir), 0);
    CHECK_INT(t, ERROR(close(fd)), EBADF);
}

static void many(struct check *t) {
    enum { files = 600 };
    int base = check_fd(t, "dir");
    static bool found[files];
    CHECK_INT(t, mkdirat(base, "many", 0), 0);
    char name[256];
    for (int i = 0; i < files; ++i) {
        snprintf(name, sizeof(name), "many/%03d-%0*d", i, i % 200 + 1, 0);
        close(openat(base, name, O_WRONLY | O_CREAT));
    }
    DIR *dir = opendirat(base, "many");
    CHECK_REQUIRE(t, dir != NULL);
    int total = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        int i = atoi(entry->d_name);
        CHECK(t, i >= 0 && i < files && !found[i]);
        CHECK_INT(t, strlen(entry->d_name), 4 + i % 200 + 1);
        found[i] = true;
        ++total;
    }
    CHECK_INT(t, total, files);
    closedir(dir);
}

static void long_name(struct check *t) {
    int base = check_fd(t, "dir");
    char name[256], path[300];
    memset(name, 'n', 255);
    name[255] = '\0';
    CHECK_INT(t, mkdirat(base, "long", 0), 0);
    snprintf(path, sizeof(path), "long/%s", name);
    close(openat(base, path, O_WRONLY | O_CREAT));
    DIR *dir = opendirat(base, "long");
    struct dirent *entry;
    do
        entry = readdir(dir);
    while (entry != NULL && entry->d_name[0] == '.');
    CHECK(t, entry != NULL);
    CHECK_STR(t, entry->d_name, name);
    closedir(dir);
}

static void positions(struct check *t) {
    int base = check_fd(t, "dir");
    CHECK_INT(t, mkdirat(base, "positions", 0), 0);
    for (char name[] = "positions/a"; name[10] <= 'f'; ++name[10])
        make_file(t, base, name, "");
    int fd = openat(base, "positions", O_RDONLY | O_DIRECTORY);
    DIR *dir = fdopendir(fd);
    CHECK_REQUIRE(t, dir != NULL);
    CHECK_INT(t, dirfd(dir), fd);
    for (int i = 0; i < 3; ++i)
        CHECK(t, readdir(dir) != NULL);
    long place = telldir(dir);
    struct dirent *entry = readdir(dir);
    CHECK(t, entry != NULL);
    char fourth[256];
    strlcpy(fourth, entry->d_name, sizeof(fourth));
    CHECK_INT(t, count(dir), 4);
    seekdir(dir, place);
    entry = readdir(dir);
    CHECK(t, entry != NULL);
    CHECK_STR(t, entry->d_name, fourth);
    make_file(t, base, "positions/g", "");
    rewinddir(dir);
    CHECK_INT(t, count(dir), 9);
    CHECK_INT(t, fdclosedir(dir), fd);
    CHECK_INT(t, close(fd), 0);
}

static int not_dotted(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static void scanning(struct check *t) {
    int base = check_fd(t, "dir");
    CHECK_INT(t, mkdirat(base, "scan", 0), 0);
    static const char *const names[] = {"a10", "a9", "b"};
    for (int i = 0; i < 3; ++i) {
        char path[16];
        snprintf(path, sizeof(path), "scan/%s", names[2 - i]);
        make_file(t, base, path, "");
    }
    struct dirent **list;
    CHECK_INT(t, scandirat(base, "scan", &list, not_dotted, alphasort), 3);
    for (int i = 0; i < 3; ++i) {
        CHECK_STR(t, list[i]->d_name, names[i]);
        free(list[i]);
    }
    free(list);
    CHECK_INT(t, scandirat(base, "scan", &list, not_dotted, versionsort), 3);
    CHECK_STR(t, list[0]->d_name, "a9");
    for (int i = 0; i < 3; ++i)
        free(list[i]);
    free(list);
    CHECK_INT(t, ERROR(scandirat(base, "none", &list, NULL, NULL)), ENOENT);
    CHECK_INT(t, ERROR(scandirat(base, "..", &list, NULL, NULL)), ENOTCAPABLE);
}

static int open_error(int fd, const char *path) {
    errno = 0;
    DIR *dir = opendirat(fd, path);
    if (dir != NULL)
        closedir(dir);
    return dir == NULL ? errno : 0;
}

static int fdopen_error(int fd) {
    errno = 0;
    return fdopendir(fd) == NULL ? errno : 0;
}

static void errors(struct check *t) {
    int base = check_fd(t, "dir"), in = check_fd(t, "in");
    make_file(t, base, "plain", "");
    CHECK_INT(t, open_error(base, "."), 0);
    CHECK_INT(t, open_error(base, "plain"), ENOTDIR);
    CHECK_INT(t, open_error(base, "none"), ENOENT);
    CHECK_INT(t, open_error(base, ""), ENOENT);
    CHECK_INT(t, open_error(base, ".."), ENOTCAPABLE);
    CHECK_INT(t, open_error(base, "/"), ENOTCAPABLE);
    CHECK_INT(t, open_error(in, "."), ENOTDIR);
    CHECK_INT(t, open_error(-1, "."), EBADF);
    CHECK_INT(t, fdopen_error(in), ENOTDIR);
    CHECK_INT(t, fdopen_error(-1), EBADF);
    int limited = without(base, CLOUDABI_RIGHT_FILE_READDIR);
    CHECK_INT(t, fdopen_error(limited), ENOTCAPABLE);
    CHECK_INT(t, open_error(limited, "."), ENOTCAPABLE);
    close(limited);
}

#define TESTS(X) X(entries) X(many) X(long_name) X(positions) X(scanning) X(errors)
CHECK_MAIN(TESTS)

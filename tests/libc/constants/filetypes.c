// SPDX-License-Identifier: BSD-2-Clause
// Types and permissions of files, as fstat() and directories tell them.

#define _GNU_SOURCE
#include <dirent.h>
#include <sys/mman.h>
#include <sys/param.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "../files.h"
#include "families.h"

static const struct named types[] = {
    NAMED(S_IFBLK), NAMED(S_IFCHR), NAMED(S_IFDIR),  NAMED(S_IFIFO),
    NAMED(S_IFLNK), NAMED(S_IFREG), NAMED(S_IFSOCK),
};

static void types_and_permissions(struct check *t) {
    static const struct named bits[] = {
        NAMED(S_IRUSR), NAMED(S_IWUSR), NAMED(S_IXUSR), NAMED(S_IRGRP), NAMED(S_IWGRP),
        NAMED(S_IXGRP), NAMED(S_IROTH), NAMED(S_IWOTH), NAMED(S_IXOTH), NAMED(S_ISUID),
        NAMED(S_ISGID), NAMED(S_ISVTX), NAMED(S_IFMT),
    };
    CHECK_DISTINCT(t, types);
    CHECK_DISJOINT(t, bits);
    for (size_t i = 0; i < COUNT(types); ++i)
        CHECK_INT(t, types[i].value & ~(long long)S_IFMT, 0);
    CHECK_INT(t, S_IRWXU, S_IRUSR | S_IWUSR | S_IXUSR);
    CHECK_INT(t, S_IRWXG, S_IRGRP | S_IWGRP | S_IXGRP);
    CHECK_INT(t, S_IRWXO, S_IROTH | S_IWOTH | S_IXOTH);
    // The values that archives hold.
    CHECK_INT(t, S_IRWXU | S_IRWXG | S_IRWXO, 0777);
    CHECK(t, S_IREAD == S_IRUSR && S_IWRITE == S_IWUSR && S_IEXEC == S_IXUSR);
}

static int answers(mode_t mode) {
    return !!S_ISBLK(mode) + !!S_ISCHR(mode) + !!S_ISDIR(mode) + !!S_ISFIFO(mode) +
           !!S_ISLNK(mode) + !!S_ISREG(mode) + !!S_ISSOCK(mode);
}

static void one_test_answers(struct check *t) {
    for (size_t i = 0; i < COUNT(types); ++i) {
        mode_t mode = (mode_t)types[i].value | 0755;
        check_context(t, types[i].name);
        CHECK_INT(t, answers(mode), 1);
        CHECK_INT(t, DTTOIF(IFTODT(mode)), types[i].value);
    }
    CHECK(t, S_ISBLK(S_IFBLK) && S_ISCHR(S_IFCHR) && S_ISFIFO(S_IFIFO));
    CHECK_INT(t, answers(0), 0);
}

static void files_tell_theirs(struct check *t) {
    int dir = check_fd(t, "dir"), ends[2];
    struct stat file;
    make_file(t, dir, "file", "text");
    CHECK_INT(t, symlinkat("file", dir, "link"), 0);
    CHECK_INT(t, fstatat(dir, "file", &file, 0), 0);
    CHECK_INT(t, file.st_mode & S_IFMT, S_IFREG);
    CHECK(t, S_ISREG(file.st_mode));
    CHECK_INT(t, fstatat(dir, "link", &file, AT_SYMLINK_NOFOLLOW), 0);
    CHECK_INT(t, file.st_mode & S_IFMT, S_IFLNK);
    CHECK_INT(t, fstat(dir, &file), 0);
    CHECK_INT(t, file.st_mode & S_IFMT, S_IFDIR);
    CHECK(t, S_ISDIR(file.st_mode));
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    CHECK_INT(t, fstat(ends[0], &file), 0);
    CHECK_INT(t, file.st_mode & S_IFMT, S_IFSOCK);
    CHECK(t, S_ISSOCK(file.st_mode) && !S_TYPEISSHM(&file));
    CHECK(t, !S_TYPEISMQ(&file) && !S_TYPEISSEM(&file) && !S_TYPEISTMO(&file));
    CHECK_INT(t, close(ends[0]) | close(ends[1]), 0);
}

static int type_in(DIR *stream, const char *name) {
    rewinddir(stream);
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;)
        if (strcmp(entry->d_name, name) == 0)
            return entry->d_type;
    return -1;
}

static void directories_tell_them(struct check *t) {
    static const struct named all[] = {NAMED(DT_UNKNOWN), NAMED(DT_BLK), NAMED(DT_CHR),
                                       NAMED(DT_DIR),     NAMED(DT_LNK), NAMED(DT_REG),
                                       NAMED(DT_SOCK)};
    CHECK_DISTINCT(t, all);
    int dir = check_fd(t, "dir");
    make_file(t, dir, "plain", "text");
    CHECK_INT(t, symlinkat("plain", dir, "symbolic"), 0);
    CHECK_INT(t, mkdirat(dir, "folder", 0), 0);
    DIR *stream = opendirat(dir, ".");
    CHECK_REQUIRE(t, stream != NULL);
    CHECK_INT(t, type_in(stream, "plain"), DT_REG);
    CHECK_INT(t, type_in(stream, "symbolic"), DT_LNK);
    CHECK_INT(t, type_in(stream, "folder"), DT_DIR);
    CHECK_INT(t, closedir(stream), 0);
}

static void device_numbers(struct check *t) {
    dev_t device = makedev(259, 70000);
    CHECK_INT(t, major(device), 259);
    CHECK_INT(t, minor(device), 70000);
}

#define TESTS(X)                                                                                   \
    X(types_and_permissions)                                                                       \
    X(one_test_answers) X(files_tell_theirs) X(directories_tell_them) X(device_numbers)
CHECK_MAIN(TESTS)

// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct list {
    struct dirent **entries;
    size_t count, space;
};

static int append(struct list *list, const struct dirent *entry) {
    if (list->count == list->space) {
        size_t space = list->space == 0 ? 16 : 2 * list->space;
        struct dirent **entries = reallocarray(list->entries, space, sizeof(struct dirent *));
        if (entries == NULL)
            return -1;
        list->entries = entries;
        list->space = space;
    }
    struct dirent *copy = malloc(sizeof(*copy));
    if (copy == NULL)
        return -1;
    *copy = *entry;
    list->entries[list->count++] = copy;
    return 0;
}

static int collect(DIR *dir, struct list *list, int (*select)(const struct dirent *)) {
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(dir);
        if (entry == NULL)
            return errno == 0 ? 0 : -1;
        if ((select == NULL || select(entry)) && append(list, entry) != 0)
            return -1;
    }
}

int scandirat(int fd, const char *restrict path, struct dirent ***restrict entries,
              int (*select)(const struct dirent *),
              int (*compare)(const struct dirent **, const struct dirent **)) {
    int saved = errno;
    DIR *dir = opendirat(fd, path);
    if (dir == NULL)
        return -1;
    struct list list = {0};
    int result = collect(dir, &list, select);
    int error = errno;
    closedir(dir);
    if (result != 0) {
        while (list.count > 0)
            free(list.entries[--list.count]);
        free(list.entries);
        errno = error;
        return -1;
    }
    if (compare != NULL && list.count > 0)
        qsort(list.entries, list.count, sizeof(struct dirent *),
              (int (*)(const void *, const void *))compare);
    *entries = list.entries;
    errno = saved;
    return list.count;
}

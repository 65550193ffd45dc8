// SPDX-License-Identifier: BSD-2-Clause
// The locale of all threads that have not chosen their own. A category is in "C", where its map is
// NULL, or in "C.UTF-8". Categories other than LC_CTYPE only remember what they were set to.

#include <errno.h>
#include <locale.h>
#include <stdbool.h>
#include <string.h>

#include "locale_impl.h"
#include "lock.h"

static volatile int lock[1];

static const char *name_of(const struct __locale_map *map) {
    return map == NULL ? "C" : map->name;
}

// `name` need not end with NUL.
static bool named(const char *name, size_t length, const struct __locale_map **map) {
    static const struct {
        const char *name;
        const struct __locale_map *map;
    } known[] = {{"C", NULL}, {"POSIX", NULL}, {"C.UTF-8", &__c_dot_utf8}, {"", &__c_dot_utf8}};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); ++i) {
        if (strlen(known[i].name) == length && memcmp(known[i].name, name, length) == 0) {
            *map = known[i].map;
            return true;
        }
    }
    return false;
}

// One name for all, or what describe() made: a name for each category, with semicolons between.
static bool parse(const char *name, struct __locale_struct *locale) {
    for (int category = 0; category < LC_ALL; ++category) {
        size_t length = strcspn(name, ";");
        if (!named(name, length, &locale->cat[category]))
            return false;
        if (name[length] == ';' && category + 1 < LC_ALL)
            name += length + 1;
    }
    return name[strcspn(name, ";")] == '\0';
}

static const char *describe(const struct __locale_struct *locale) {
    static char text[LC_ALL * sizeof("C.UTF-8")];
    size_t used = 0;
    bool same = true;
    for (int category = 0; category < LC_ALL; ++category) {
        const char *name = name_of(locale->cat[category]);
        used += strlcpy(text + used, name, sizeof(text) - used);
        text[used++] = category + 1 < LC_ALL ? ';' : '\0';
        same = same && locale->cat[category] == locale->cat[0];
    }
    return same ? name_of(locale->cat[0]) : text;
}

static const char *exchange(int category, const char *name) {
    struct __locale_struct *global = &libc.global_locale;
    if (category == LC_ALL) {
        struct __locale_struct wanted;
        if (name != NULL && !parse(name, &wanted))
            return NULL;
        if (name != NULL)
            *global = wanted;
        return describe(global);
    }
    if (name != NULL && !named(name, strlen(name), &global->cat[category]))
        return NULL;
    return name_of(global->cat[category]);
}

char *setlocale(int category, const char *name) {
    if (category < 0 || category > LC_ALL)
        return NULL;
    LOCK(lock);
    const char *result = exchange(category, name);
    UNLOCK(lock);
    return (char *)result;
}

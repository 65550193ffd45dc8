// SPDX-License-Identifier: BSD-2-Clause
// file_readdir's cookies (6.2 of the ABI) in large directories and in ones that change meanwhile.
#include "helpers.h"

#define ENTRIES 3000

static char listing[8192];
static uint8_t seen[ENTRIES];
static cloudabi_dircookie_t cookies[ENTRIES + 2];
static char names[ENTRIES + 2][8];
static cloudabi_fd_t dir;

static void name_of(unsigned i, char *name) {
    memcpy(name, "n0000", 6);
    for (int digit = 4; digit > 0; --digit, i /= 10)
        name[digit] = (char)('0' + i % 10);
}

static bool number_of(const char *name, size_t len, unsigned *out) {
    *out = 0;
    if (len != 5 || name[0] != 'n')
        return false;
    for (size_t i = 1; i < 5; ++i)
        *out = *out * 10 + (unsigned)(name[i] - '0');
    return *out < ENTRIES;
}

// Reads on from a cookie; calls back with each whole entry. False on an error.
static bool walk(cloudabi_fd_t fd, cloudabi_dircookie_t cookie, size_t size, size_t limit,
                 bool (*each)(const cloudabi_dirent_t *, const char *)) {
    for (size_t count = 0;;) {
        size_t used, at = 0;
        if (cloudabi_sys_file_readdir(fd, listing, size, cookie, &used) != 0 || used > size)
            return false;
        cloudabi_dirent_t entry;
        while (used - at >= sizeof(entry)) {
            memcpy(&entry, listing + at, sizeof(entry));
            if (used - at - sizeof(entry) < entry.d_namlen)
                break;
            if (count++ == limit)
                return true;
            if (!each(&entry, listing + at + sizeof(entry)))
                return false;
            cookie = entry.d_next;
            at += sizeof(entry) + entry.d_namlen;
        }
        if (used < size)
            return true;
        if (at == 0)
            return false;
    }
}

static bool mark(const cloudabi_dirent_t *entry, const char *name) {
    unsigned i;
    if (number_of(name, entry->d_namlen, &i))
        ++seen[i];
    return true;
}

static size_t total;

static bool keep(const cloudabi_dirent_t *entry, const char *name) {
    if (total == ENTRIES + 2 || entry->d_namlen > sizeof(names[0]))
        return false;
    cookies[total] = entry->d_next;
    memcpy(names[total++], name, entry->d_namlen);
    return true;
}

static bool once(unsigned from, unsigned to) {
    for (unsigned i = from; i < to; ++i) {
        if (seen[i] != 1)
            return false;
    }
    return true;
}

static const char *wanted_name;
static bool is_wanted;

static bool compare(const cloudabi_dirent_t *entry, const char *name) {
    is_wanted = memcmp(name, wanted_name, entry->d_namlen) == 0;
    return true;
}

static void large(void) {
    char name[8];
    bool ok = true;
    for (unsigned i = 0; i < ENTRIES; ++i) {
        name_of(i, name);
        ok = ok && make_file(dir, name) == 0;
    }
    check(ok, "3000 files");
    static const size_t sizes[] = {8192, 4096, 100, 41};
    for (int i = 0; i < 4; ++i) {
        memset(seen, 0, sizeof(seen));
        check(walk(dir, 0, sizes[i], SIZE_MAX, mark) && once(0, ENTRIES),
              "each entry once, with a buffer of any size");
    }
    check(walk(dir, 0, 8192, SIZE_MAX, keep) && total == ENTRIES + 2, "a cookie of each entry");
    ok = true;
    for (size_t i = 0; i + 1 < total; i += 37) {
        // From the end to the start, on a descriptor with a place of its own.
        size_t here = (total - 2 - i) % (total - 1);
        wanted_name = names[here + 1];
        ok = ok && walk(dir, cookies[here], 64, 1, compare) && is_wanted;
    }
    check(ok, "every cookie leads to the entry after its own, in any order");
    size_t used = 9;
    check(cloudabi_sys_file_readdir(dir, listing, 4096, cookies[total - 1], &used) == 0 &&
              used == 0,
          "the last cookie leads to the end");
    check(cloudabi_sys_file_readdir(dir, listing, 0, 0, &used) == 0 && used == 0,
          "a buffer of 0 bytes is filled");
    cloudabi_fd_t other;
    check_equal(open_at(LOOKUP(DIR), "many", 0, CLOUDABI_RIGHT_FILE_READDIR, 0, &other), 0,
                "another descriptor of it");
    wanted_name = names[1000];
    check(walk(other, cookies[999], 64, 1, compare) && is_wanted, "takes the same cookies");
    cloudabi_sys_fd_close(other);
}

static void types(void) {
    cloudabi_fd_t fd;
    make_dir(DIR, "types");
    open_at(LOOKUP(DIR), "types", 0, CLOUDABI_RIGHTS_DIRECTORY_BASE,
            fdstat(DIR).fs_rights_inheriting, &fd);
    make_file(fd, "f");
    make_dir(fd, "d");
    make_link("f", fd, "l");
    size_t used;
    check_equal(cloudabi_sys_file_readdir(fd, listing, sizeof(listing), 0, &used), 0,
                "five entries");
    unsigned found = 0;
    bool ok = true;
    for (size_t at = 0; at < used;) {
        cloudabi_dirent_t entry;
        char name[8] = {0};
        cloudabi_filestat_t st;
        memcpy(&entry, listing + at, sizeof(entry));
        memcpy(name, listing + at + sizeof(entry), entry.d_namlen < 7 ? entry.d_namlen : 7);
        at += sizeof(entry) + entry.d_namlen;
        ++found;
        const char *bytes = (const char *)&entry;
        ok = ok && bytes[21] == 0 && bytes[22] == 0 && bytes[23] == 0;
        if (memcmp(name, "..", 3) == 0)
            continue;
        ok = ok && stat_at(LOOKUP(fd), name, &st) == 0 && st.st_ino == entry.d_ino &&
             st.st_filetype == entry.d_type;
    }
    check_equal(found, 5, ". and .. are among them");
    check(ok, "d_ino and d_type are those of file_stat_get, padding is 0");
    cloudabi_sys_fd_close(fd);
}

// Resumes in the middle after entries went and came: those that stayed come once.
static void changing(void) {
    size_t half = total / 2;
    bool ok = true;
    for (size_t i = 1; i < half; i += 3) {
        unsigned number;
        if (number_of(names[i], 5, &number)) {
            char name[8];
            name_of(number, name);
            ok = ok && unlink_at(dir, name, 0) == 0;
        }
    }
    char fresh[] = "x000";
    for (int i = 0; i < 100; ++i) {
        fresh[2] = (char)('0' + i / 10);
        fresh[3] = (char)('0' + i % 10);
        ok = ok && make_file(dir, fresh) == 0;
    }
    check(ok, "entries go and come");
    memset(seen, 0, sizeof(seen));
    check(walk(dir, cookies[half], 500, SIZE_MAX, mark), "reading goes on from a cookie");
    ok = true;
    for (size_t i = half + 1; i < total; ++i) {
        unsigned number;
        if (number_of(names[i], 5, &number))
            ok = ok && seen[number] == 1;
    }
    check(ok, "what was still to come and stayed comes once");
    // The very entry that a cookie came with may be gone.
    unsigned number;
    char name[8];
    size_t here = half + 10;
    ok = number_of(names[here], 5, &number);
    name_of(number, name);
    ok = ok && unlink_at(dir, name, 0) == 0;
    wanted_name = names[here + 1];
    check(ok && walk(dir, cookies[here], 64, 1, compare) && is_wanted,
          "a cookie outlives the entry it came with");
    // Emptying a directory while reading it, as rm does.
    for (int pass = 0; pass < 3; ++pass) {
        memset(seen, 0, sizeof(seen));
        walk(dir, 0, 300, SIZE_MAX, mark);
        for (unsigned i = 0; i < ENTRIES; ++i) {
            name_of(i, name);
            if (seen[i] != 0)
                unlink_at(dir, name, 0);
        }
    }
    for (int i = 0; i < 100; ++i) {
        fresh[2] = (char)('0' + i / 10);
        fresh[3] = (char)('0' + i % 10);
        unlink_at(dir, fresh, 0);
    }
    check_equal(unlink_at(DIR, "many", CLOUDABI_UNLINK_REMOVEDIR), 0, "emptied and removed");
    size_t used = 5;
    cloudabi_errno_t error = cloudabi_sys_file_readdir(dir, listing, sizeof(listing), 0, &used);
    check((error == 0 && used == 0) || error == CLOUDABI_ENOENT, "a removed directory has nothing");
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    check(make_dir(DIR, "many") == 0 &&
              open_at(LOOKUP(DIR), "many", 0, CLOUDABI_RIGHTS_DIRECTORY_BASE,
                      fdstat(DIR).fs_rights_inheriting, &dir) == 0,
          "a directory");
    large();
    types();
    changing();
}

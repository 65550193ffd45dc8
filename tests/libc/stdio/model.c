// SPDX-License-Identifier: BSD-2-Clause
// Streams of three kinds do the same long sequence of operations as an array does. The sequence is
// random but the same in each run.

#include "../files.h"

enum { limit = 8192, operations = 20000 };

struct model {
    unsigned char data[limit];
    size_t size, position;
};

static unsigned random_state;

static unsigned choose(unsigned below) {
    random_state = random_state * 1103515245 + 12345;
    return (random_state >> 8) % below;
}

static bool write_both(FILE *f, struct model *m) {
    unsigned char data[300];
    size_t size = choose(4) == 0 ? choose(sizeof(data)) : choose(20);
    if (size > limit - m->position)
        size = limit - m->position;
    for (size_t i = 0; i < size; ++i)
        data[i] = (unsigned char)choose(256);
    // An update stream is repositioned between reading and writing.
    if (fseek(f, (long)m->position, SEEK_SET) != 0 || fwrite(data, 1, size, f) != size)
        return false;
    if (size == 0)
        return true;
    memcpy(m->data + m->position, data, size);
    m->position += size;
    if (m->position > m->size)
        m->size = m->position;
    return true;
}

static bool read_both(FILE *f, struct model *m) {
    unsigned char data[300];
    size_t size = choose(4) == 0 ? choose(sizeof(data)) : choose(20);
    if (fseek(f, (long)m->position, SEEK_SET) != 0)
        return false;
    size_t left = m->position < m->size ? m->size - m->position : 0;
    size_t expected = size < left ? size : left;
    if (fread(data, 1, size, f) != expected || ferror(f) || (expected < size) != !!feof(f) ||
        memcmp(data, m->data + m->position, expected) != 0)
        return false;
    m->position += expected;
    return true;
}

static bool take_back(FILE *f, struct model *m) {
    if (m->position == 0 || m->position > m->size)
        return true;
    unsigned char before = m->data[m->position - 1];
    return fseek(f, (long)m->position - 1, SEEK_SET) == 0 && getc(f) == before &&
           ungetc(before, f) == before && ftell(f) == (long)m->position - 1 && getc(f) == before;
}

static bool seek_both(FILE *f, struct model *m) {
    size_t target = choose((unsigned)m->size + 1);
    int whence = (int)choose(3);
    long base = whence == SEEK_SET ? 0 : whence == SEEK_END ? (long)m->size : (long)m->position;
    if (fseek(f, (long)target - base, whence) != 0)
        return false;
    m->position = target;
    return true;
}

static bool step(FILE *f, struct model *m) {
    switch (choose(8)) {
    case 0:
    case 1:
    case 2:
        return write_both(f, m);
    case 3:
    case 4:
        return read_both(f, m);
    case 5:
        return seek_both(f, m);
    case 6:
        return take_back(f, m);
    default:
        return fflush(f) == 0;
    }
}

static void compare(struct check *t, FILE *f) {
    static struct model m;
    memset(&m, 0, sizeof(m));
    random_state = 1;
    CHECK_REQUIRE(t, f != NULL);
    for (int i = 0; i < operations; ++i) {
        if (!step(f, &m) || ftell(f) != (long)m.position) {
            check_fail(t, __FILE__, __LINE__, "step %d: at %ld instead of %zu", i, ftell(f),
                       m.position);
            break;
        }
    }
    CHECK_INT(t, fclose(f), 0);
}

static void regular_file(struct check *t) {
    compare(t, fopenat(check_fd(t, "dir"), "file", "w+"));
}

static void unbuffered_file(struct check *t) {
    FILE *f = fopenat(check_fd(t, "dir"), "unbuffered", "w+");
    CHECK_INT(t, setvbuf(f, NULL, _IONBF, 0), 0);
    compare(t, f);
}

static void temporary_file(struct check *t) {
    compare(t, tmpfile());
}

static void memory(struct check *t) {
    compare(t, fmemopen(NULL, limit, "w+"));
}

#define TESTS(X) X(regular_file) X(unbuffered_file) X(temporary_file) X(memory)
CHECK_MAIN(TESTS)

// SPDX-License-Identifier: BSD-2-Clause
// Every system-call number with hostile arguments. Those that the filter does not know must be
// answered as by a kernel without them; those that it knows may do what they do, but lead nowhere.

#include "attack.h"

#include "crt.h"
#include "linux_calls.h"

enum {
    LAST = 1023,
    SETS = 64,
    LAST_I386 = 511,
    PATIENCE_MS = 100,
    MEMORY = 1 << 16,
    SIGNAL_ILL = 4,
    SIGNAL_SEGV = 11,
    SIGNAL_SYS = 31,
    X32 = 0x40000000,
};

// What children leave for their parent.
struct outcome {
    long set, answer;
    bool begun, escaped;
};
static volatile struct outcome *found;
static char *memory;
static long arguments[SETS][6];

static uint64_t next_random(void) {
    static uint64_t state = 88172645463325252;
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static void fill(long set[6], long value) {
    for (int i = 0; i < 6; ++i)
        set[i] = value;
}

// Whole rows first, then a mixture.
static void choose_arguments(void) {
    static struct open_how how = {.flags = O_RDWR | O_CREAT, .mode = 06777};
    static struct {
        void *base;
        size_t len;
    } part;
    static char address[16] = {2, 0, 0, 9, 127, 0, 0, 1};
    part.base = memory;
    part.len = 4096;
    const long values[] = {
        0,
        1,
        2,
        7,
        8,
        9,
        16,
        24,
        40,
        4096,
        -1,
        AT_FDCWD,
        READ_ONLY_FD,
        READ_WRITE_FD,
        LISTENER_FD,
        FILE_FD,
        GRANTED,
        (long)memory,
        (long)&how,
        (long)&part,
        (long)address,
        (long)"../" PATH_SECRET,
        (long)"/etc/passwd",
        (long)".",
        (long)"",
        (long)"stolen",
        O_RDWR | O_CREAT,
        AT_EMPTY_PATH,
        INT32_MAX,
        INT32_MIN,
        UINT32_MAX,
        1L << 32,
        INT64_MAX,
        INT64_MIN,
        -4096,
        (long)0xffffffff81000000,
        RAW(__NR_gettid),
    };
    enum { VALUES = sizeof(values) / sizeof(values[0]) };
    static const long rows[] = {0, -1, 1, INT64_MAX, INT64_MIN, UINT32_MAX, READ_WRITE_FD};
    size_t set = 0;
    for (; set < sizeof(rows) / sizeof(rows[0]); ++set)
        fill(arguments[set], rows[set]);
    fill(arguments[set++], (long)memory);
    fill(arguments[set++], (long)0xffffffff81000000);
    const long leading[][6] = {
        {READ_ONLY_FD, (long)"../" PATH_SECRET, O_RDWR, 0, 0, 0},
        {READ_ONLY_FD, (long)"../" PATH_SECRET, (long)&how, sizeof(how), 0, 0},
        {READ_WRITE_FD, (long)"../" PATH_SECRET, READ_WRITE_FD, (long)"stolen", 0, 0},
        {(long)"/etc/passwd", O_RDONLY, 0, 0, 0, 0},
        {(long)"../" PATH_SECRET, (long)"stolen", 0, 0, 0, 0},
        {GRANTED, (long)"", (long)memory, AT_EMPTY_PATH, AT_EMPTY_PATH, 0},
        {LISTENER_FD, (long)address, sizeof(address), 0, 0, 0},
        {LISTENER_FD, (long)memory, 4096, 0, (long)address, sizeof(address)},
    };
    for (size_t i = 0; i < sizeof(leading) / sizeof(leading[0]); ++i)
        for (int j = 0; j < 6; ++j)
            arguments[set + i][j] = leading[i][j];
    for (set += sizeof(leading) / sizeof(leading[0]); set < SETS; ++set)
        for (int i = 0; i < 6; ++i)
            arguments[set][i] = values[next_random() % VALUES];
}

static bool is_known(long number) {
    for (size_t i = 0; i < sizeof(known_calls) / sizeof(known_calls[0]); ++i)
        if (known_calls[i] == number)
            return true;
    return false;
}

// Linux keeps these two from filters (kernel/seccomp.c). They are for code that the kernel itself
// has put into a process which root traces, and whoever else makes them gets an error or is ended.
enum { URETPROBE = 335, UPROBE = 336 };

static bool is_past_filters(long number) {
    return number == URETPROBE || number == UPROBE;
}

static long number_of_child;

static long call(int set) {
    const long *a = arguments[set];
    return raw(number_of_child, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void try_all(void) {
    for (int set = (int)found->set; set < SETS; ++set) {
        found->set = set;
        found->answer = call(set);
        if (found->answer != -ENOSYS)
            RAW(__NR_exit_group, 1);
    }
    RAW(__NR_exit_group, 0);
}

// Any answer but that of a missing call ends the child: one of its attempts got through. It is
// started anew behind that, so that all are made.
static void attack_unknown(const char *name, const long *numbers, long count) {
    long refused = 0;
    for (long i = 0; i < count; ++i) {
        number_of_child = numbers[i];
        found->set = 0;
        while (found->set < SETS) {
            long from = found->set;
            bool through = in_child_for(try_all, 10000) != 0;
            refused += found->set - from + !through;
            if (through)
                report_through(name, numbers[i]);
            ++found->set;
        }
    }
    report_tally(name, count * SETS, refused, 0);
}

// With the stream for the lines closed, so that no call writes to it.
static void try_one(void) {
    RAW(__NR_close, OUT_FD);
    found->begun = true;
    found->answer = call((int)found->set);
    long fd = found->answer;
    if (fd >= 0 && fd <= 65535)
        found->escaped = reaches_secret((int)fd, "../" PATH_SECRET) ||
                         reaches_secret((int)fd, PATH_SECRET) ||
                         open_raw((int)fd, "etc/passwd", O_RDONLY) >= 0 ||
                         open_raw((int)fd, "../../../../../../etc/passwd", O_RDONLY) >= 0;
    RAW(__NR_exit_group, 0);
}

static void attack_known(void) {
    long made = 0, refused = 0, harmless = 0;
    for (size_t i = 0; i < sizeof(known_calls) / sizeof(known_calls[0]); ++i)
        for (int set = 0; set < SETS; ++set) {
            number_of_child = known_calls[i];
            found->set = set;
            found->answer = 0;
            found->escaped = false;
            found->begun = false;
            // On a busy machine the time may be over before the call is made.
            for (int tries = 0; tries < 100 && !found->begun; ++tries)
                in_child_for(try_one, PATIENCE_MS);
            ++made;
            if (found->escaped || !found->begun)
                report_through("number-that-is-known", known_calls[i]);
            else if (found->answer < 0)
                ++refused;
            else
                ++harmless;
        }
    report_tally("numbers-that-are-known", made, refused, harmless);
}

static void attack_past_filters(void) {
    long made = 0, refused = 0;
    for (number_of_child = URETPROBE; number_of_child <= UPROBE; ++number_of_child)
        for (int set = 0; set < SETS; ++set, ++made) {
            found->set = set;
            found->answer = 0;
            long status = in_child_for(try_one, 10000);
            bool ended = status == 128 + SIGNAL_ILL || status == 128 + SIGNAL_SEGV;
            if (ended || (status == 0 && found->answer < 0))
                ++refused;
            else
                report_through("number-past-filters", status);
        }
    report_tally("numbers-past-filters", made, refused, 0);
}

static void interrupt(void) {
    const long *a = arguments[found->set];
    long result;
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"(number_of_child), "b"(a[0]), "c"(a[1]), "d"(a[2]), "S"(a[3]), "D"(a[4])
                     : "memory", "r8", "r9", "r10", "r11");
    found->answer = result;
    RAW(__NR_exit_group, 0);
}

// The end of the process, at once: by the filter, or because this kernel has no such door.
static void attack_i386(void) {
    long made = 0, refused = 0;
    for (number_of_child = 0; number_of_child <= LAST_I386; ++number_of_child, ++made) {
        found->set = number_of_child % SETS;
        long status = in_child_for(interrupt, 100 * PATIENCE_MS);
        if (status == 128 + SIGNAL_SYS || status == 128 + SIGNAL_SEGV)
            ++refused;
        else
            report_through("number-by-interrupt", number_of_child);
    }
    report_tally("numbers-by-interrupt", made, refused, 0);
}

// Without a sandbox only what asks and changes nothing.
static void control(void) {
    static const short asking[] = {39, 63, 79, 99, 100, 102, 104, 107, 108, 110, 111, 186, 201};
    long answered = 0;
    for (size_t i = 0; i < sizeof(asking) / sizeof(asking[0]); ++i)
        answered += RAW(asking[i], memory, 4096) >= 0;
    report("numbers-unknown", answered < 10, answered);
}

void attack_all_numbers(void) {
    enum { READ_WRITE = 3, SHARED_ANONYMOUS = 0x21 };
    memory = (char *)RAW(__NR_mmap, 0, MEMORY, READ_WRITE, SHARED_ANONYMOUS, -1, 0);
    found = (void *)RAW(__NR_mmap, 0, 4096, READ_WRITE, SHARED_ANONYMOUS, -1, 0);
    choose_arguments();
    if (is_control) {
        control();
        return;
    }
    static long numbers[2 * LAST];
    long count = 0;
    for (long number = 0; number <= LAST; ++number)
        if (!is_known(number) && !is_past_filters(number))
            numbers[count++] = number;
    attack_unknown("numbers-unknown", numbers, count);
    count = 0;
    for (long number = 0; number <= LAST; ++number)
        numbers[count++] = X32 | number;
    attack_unknown("numbers-of-x32", numbers, count);
    static const long beyond[] = {
        1024, 4095, 65536, 0x3fffffff, 0x7fffffff, 0x80000000, 0xffffffff, -1, -2, INT64_MIN | 1023,
    };
    attack_unknown("numbers-beyond", beyond, sizeof(beyond) / sizeof(beyond[0]));
    // The kernel looks at the low half alone.
    static const long high[] = {1L << 32 | __NR_socket, 1L << 62 | __NR_open,
                                INT64_MIN | __NR_ptrace, 0x80000000 | __NR_open};
    attack_unknown("numbers-with-high-bits", high, sizeof(high) / sizeof(high[0]));
    attack_known();
    attack_past_filters();
    attack_i386();
}

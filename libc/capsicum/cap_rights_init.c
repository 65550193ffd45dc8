// SPDX-License-Identifier: BSD-2-Clause
// Sets of rights.

#include <stdarg.h>
#include <sys/capsicum.h>

// All rights named up to the end mark. Each has the type of the ABI's constants, as has the mark.
static uint64_t named(va_list arguments) {
    uint64_t rights = 0;
    for (;;) {
        uint64_t right = va_arg(arguments, uint64_t);
        if (right == __CAP_RIGHTS_END)
            return rights;
        rights |= right;
    }
}

#define NAMED(last)                                                                                \
    ({                                                                                             \
        va_list arguments;                                                                         \
        va_start(arguments, last);                                                                 \
        uint64_t all = named(arguments);                                                           \
        va_end(arguments);                                                                         \
        all;                                                                                       \
    })

cap_rights_t *__cap_rights_init(cap_rights_t *rights, ...) {
    rights->__bits = NAMED(rights);
    return rights;
}

cap_rights_t *__cap_rights_set(cap_rights_t *rights, ...) {
    rights->__bits |= NAMED(rights);
    return rights;
}

cap_rights_t *__cap_rights_clear(cap_rights_t *rights, ...) {
    rights->__bits &= ~NAMED(rights);
    return rights;
}

bool __cap_rights_is_set(const cap_rights_t *rights, ...) {
    return (NAMED(rights) & ~rights->__bits) == 0;
}

bool cap_rights_contains(const cap_rights_t *big, const cap_rights_t *little) {
    return (little->__bits & ~big->__bits) == 0;
}

cap_rights_t *cap_rights_merge(cap_rights_t *target, const cap_rights_t *source) {
    target->__bits |= source->__bits;
    return target;
}

cap_rights_t *cap_rights_remove(cap_rights_t *target, const cap_rights_t *source) {
    target->__bits &= ~source->__bits;
    return target;
}

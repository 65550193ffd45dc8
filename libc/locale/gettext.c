// SPDX-License-Identifier: BSD-2-Clause
// Messages are in the program's own words: catalogues of translations are files with global names.

#include <libintl.h>

char *gettext(const char *message) {
    return (char *)message;
}

char *dgettext(const char *domain, const char *message) {
    return (char *)message;
}

char *dcgettext(const char *domain, const char *message, int category) {
    return (char *)message;
}

char *ngettext(const char *one, const char *many, unsigned long number) {
    return (char *)(number == 1 ? one : many);
}

char *dngettext(const char *domain, const char *one, const char *many, unsigned long number) {
    return ngettext(one, many, number);
}

char *dcngettext(const char *domain, const char *one, const char *many, unsigned long number,
                 int category) {
    return ngettext(one, many, number);
}

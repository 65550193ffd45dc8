// SPDX-License-Identifier: BSD-2-Clause
// Double-quoted YAML scalars: strings with escapes, and base64.

#include "argdata_impl.h"

// Characters beyond ASCII that are written as escapes: those outside YAML's printable set, and the
// printable ones that are invisible or change the direction of the text around them.
static const struct {
    uint32_t first, last;
} unprintable[] = {
    {0x80, 0xa0},     {0xad, 0xad},     {0x61c, 0x61c},   {0x200b, 0x200f},
    {0x2028, 0x202e}, {0x2060, 0x206f}, {0xd800, 0xdfff}, {0xfdd0, 0xfdef},
    {0xfeff, 0xfeff}, {0xfff0, 0xfffb}, {0xfffe, 0xffff}, {0xe0000, 0xe0fff},
};

static bool printable(uint32_t character) {
    if (character < 0x80)
        return character >= 0x20 && character < 0x7f;
    if ((character & 0xfffe) == 0xfffe)
        return false;
    for (size_t i = 0; i < sizeof(unprintable) / sizeof(unprintable[0]); ++i)
        if (character >= unprintable[i].first && character <= unprintable[i].last)
            return false;
    return true;
}

static char short_escape(uint32_t character) {
    switch (character) {
    case 0x00:
        return '0';
    case 0x07:
        return 'a';
    case 0x08:
        return 'b';
    case 0x09:
        return 't';
    case 0x0a:
        return 'n';
    case 0x0b:
        return 'v';
    case 0x0c:
        return 'f';
    case 0x0d:
        return 'r';
    case 0x1b:
        return 'e';
    case '"':
        return '"';
    case '\\':
        return '\\';
    case 0x85:
        return 'N';
    case 0xa0:
        return '_';
    case 0x2028:
        return 'L';
    case 0x2029:
        return 'P';
    default:
        return '\0';
    }
}

void argdata_print_str(const char *str, size_t length, FILE *stream) {
    const uint8_t *at = (const uint8_t *)str, *start = at;
    uint32_t character;
    for (; length > 0 && argdata_utf8_take(&at, &length, &character); start = at) {
        char escape = short_escape(character);
        if (escape != '\0')
            fprintf(stream, "\\%c", escape);
        else if (printable(character))
            fwrite(start, 1, (size_t)(at - start), stream);
        else if (character <= 0xff)
            fprintf(stream, "\\x%02x", (unsigned)character);
        else if (character <= 0xffff)
            fprintf(stream, "\\u%04x", (unsigned)character);
        else
            fprintf(stream, "\\U%08x", (unsigned)character);
    }
}

void argdata_print_base64(const uint8_t *bytes, size_t length, FILE *stream) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        size_t count = length - i < 3 ? length - i : 3;
        uint32_t group = 0;
        for (size_t j = 0; j < 3; ++j)
            group = group << 8 | (j < count ? bytes[i + j] : 0U);
        for (size_t j = 0; j < 4; ++j)
            fputc(j <= count ? digits[group >> (18 - 6 * j) & 0x3f] : '=', stream);
    }
}

// SPDX-License-Identifier: BSD-2-Clause
// Prints what elf_check says of a file: the reason's name and its sentence.
#include <stdio.h>
#include <stdlib.h>

#include "elf_source.h"

static const char *const names[] = {
#define NAME(name, text) #name,
    ELF_REASONS(NAME)
#undef NAME
};

int main(int argc, char **argv) {
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    static char bytes[1 << 20];
    if (file == NULL) {
        fputs("usage: elf_reason FILE\n", stderr);
        return 2;
    }
    size_t size = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    struct elf_source source = elf_source_memory(bytes, size);
    struct elf_image image;
    enum elf_reason reason;
    uint16_t error = elf_check(&source, &image, &reason);
    printf("%s %s\n", names[reason], elf_reason_text(reason));
    return (error == 0) == (reason == ELF_OK) ? 0 : 1;
}

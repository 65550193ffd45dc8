// SPDX-License-Identifier: BSD-2-Clause
// The program whose start is measured: it does nothing but end, here and on the target.
#include <stdlib.h>

#ifdef __CloudABI__
#include <program.h>

void program_main(const argdata_t *arguments) {
    (void)arguments;
    exit(0);
}
#else
int main(void) {
    return 0;
}
#endif

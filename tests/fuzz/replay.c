/* SPDX-License-Identifier: MIT */
/*
 * Runs a fuzzer on files, without a fuzzing engine: fuzz_NAME FILE...
 */
#include "fuzz.h"

#include <stdio.h>

int main(int argc, char *argv[])
{
    static uint8_t bytes[1 << 20];

    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (file == NULL) {
            perror(argv[i]);
            return 1;
        }
        size_t size = fread(bytes, 1, sizeof bytes, file);
        (void)fclose(file);
        (void)LLVMFuzzerTestOneInput(bytes, size);
    }
    printf("%d inputs\n", argc - 1);
    return argc > 1 ? 0 : 1;
}

/* SPDX-License-Identifier: MIT */
/*
 * A user's program. It does not compile with our warnings and C11: those must not
 * reach a project that only adds us.
 */
#include <wss/wss.h>

int main(void)
{
    int unused;
    unsigned char narrow = 1;
    typeof(narrow) extension = 2;

    narrow = narrow + extension;
    return wss_result_name(WSS_OK) == 0 || narrow != 3;
}

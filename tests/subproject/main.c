/* SPDX-License-Identifier: MIT */
/*
 * A user's program. It does not compile with our warnings and C11: those must not
 * reach a project that only adds us.
 */
#include <wss/wss.h>

int main(void)
{
    int unused;
    unsigned char narrow = WSS_CFG_MAX_HEAD + (unsigned char)1u;
    typeof(narrow) extension = narrow;
    return wss_result_name(WSS_OK) == 0 || extension != narrow;
}

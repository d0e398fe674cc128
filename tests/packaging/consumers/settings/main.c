/* SPDX-License-Identifier: MIT */
/*
 * Compiles and links only with the settings that test_settings.py builds the library with:
 * two from a file, one from a compiler option, the rest by default.
 */
#include <wss/wss.h>

_Static_assert(WSS_CFG_TRACE == 0, "from the file, and a matter of linking");
_Static_assert(WSS_CFG_MAX_MESSAGE == 1234, "from the file");
_Static_assert(WSS_CFG_IDLE_TIMEOUT_MS == 4321, "from the option, for a default of the vocabulary");
_Static_assert(WSS_CFG_SERVER == 1, "the default");

int main(void)
{
    static wss_loop_t loop;
    static const wss_config_t config;

    return wss_loop_init(&loop, &config) == WSS_ERR_CONFIG ? 0 : 1;
}

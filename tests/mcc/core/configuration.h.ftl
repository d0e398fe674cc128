<#-- SPDX-License-Identifier: MIT -->
/* SPDX-License-Identifier: MIT */
/* In the place of Harmony's configuration.h: what all components have to say. */
#ifndef CONFIGURATION_H
#define CONFIGURATION_H

#include "user.h"

${core.LIST_SYSTEM_CONFIG_H_SYSTEM_SERVICE_CONFIGURATION}
<#if lib_wolfcrypt.wolfcrypt_hw && lib_wolfcrypt.wolfcrypt_random && lib_wolfcrypt.wolfcrypt_random_hw>
#define WOLFSSL_PIC32MZ_RNG
</#if>

#endif

<#-- SPDX-License-Identifier: MIT -->
/* SPDX-License-Identifier: MIT */
/* mbedTLS in this project, as Harmony's configurator was told: see wss_mbedtls_config.h. */
#ifndef WSS_MBEDTLS_CONFIG_HARMONY_H
#define WSS_MBEDTLS_CONFIG_HARMONY_H

#define WSS_MBEDTLS_TLS ${SYS_WSS_MBEDTLS_TLS?string("1", "0")}
<#if SYS_WSS_MBEDTLS_TLS>
#define WSS_MBEDTLS_CLIENT ${(SYS_WSS_MODE == "CLIENT")?string("1", "0")}
#define WSS_MBEDTLS_SERVER ${(SYS_WSS_MODE == "SERVER")?string("1", "0")}
#define WSS_MBEDTLS_IN     ${SYS_WSS_TLS_IN?c}
#define WSS_MBEDTLS_OUT    ${SYS_WSS_TLS_OUT?c}
#define WSS_MBEDTLS_RSA    ${SYS_WSS_TLS_RSA?string("1", "0")}
#define WSS_MBEDTLS_TIME   ${SYS_WSS_TLS_TIME?string("1", "0")}
</#if>

#include <wss_mbedtls_config.h>

#endif

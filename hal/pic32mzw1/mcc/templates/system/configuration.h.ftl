<#-- SPDX-License-Identifier: MIT -->
/* WebSocket service: sys_wss_config_defaults.h says what each setting means */
#define SYS_WSS_MODE               SYS_WSS_${SYS_WSS_MODE}
#define SYS_WSS_INTF               SYS_WSS_${SYS_WSS_INTF}
<#if SYS_WSS_INTF_NAME != "">
#define SYS_WSS_INTF_NAME          "${SYS_WSS_INTF_NAME}"
</#if>
#define SYS_WSS_PORT               ${SYS_WSS_PORT?c}
<#if SYS_WSS_MODE == "CLIENT">
#define SYS_WSS_HOST_NAME          "${SYS_WSS_HOST_NAME?j_string}"
#define SYS_WSS_SERVER_IP          "${SYS_WSS_SERVER_IP?j_string}"
<#elseif SYS_WSS_LISTEN_ADDRESS != "">
#define SYS_WSS_LISTEN_ADDRESS     "${SYS_WSS_LISTEN_ADDRESS?j_string}"
</#if>
#define SYS_WSS_ENABLE_DEBUG       ${SYS_WSS_ENABLE_DEBUG?string("1", "0")}
#define SYS_WSS_ENABLE_CONSOLE     ${SYS_WSS_ENABLE_CONSOLE?string("1", "0")}
#define SYS_WSS_MAX_RX_BUFFER      ${SYS_WSS_MAX_RX_BUFFER?c}
#define SYS_WSS_MAX_TX_BUFFER      ${SYS_WSS_MAX_TX_BUFFER?c}
#define SYS_WSS_READ_SIZE          ${SYS_WSS_READ_SIZE?c}
#define SYS_WSS_MAX_NUM_CLIENTS    ${SYS_WSS_MAX_NUM_CLIENTS?c}
#define SYS_WSS_CLIENT_TIMEOUT     ${SYS_WSS_CLIENT_TIMEOUT?c}
#define SYS_WSS_RETRY_DELAY        ${SYS_WSS_RETRY_DELAY?c}
#define SYS_WSS_RX_FIFO            ${SYS_WSS_RX_FIFO?c}
#define SYS_WSS_START_AT_BOOT      ${SYS_WSS_START_AT_BOOT?string("true", "false")}
#define SYS_WSS_ENABLE_TLS         ${SYS_WSS_ENABLE_TLS?string("true", "false")}
#define SYS_WSS_WITH_TLS           ${SYS_WSS_MBEDTLS_TLS?string("1", "0")}
#define SYS_WSS_NET_PRES_TLS       ${SYS_WSS_PRES_TLS?string("1", "0")}
<#if SYS_WSS_MBEDTLS_TLS>
#define SYS_WSS_TLS_CREDENTIALS    "${SYS_WSS_TLS_CREDENTIALS?j_string}"
#define SYS_WSS_TLS_CERTIFICATE    ${(SYS_WSS_TLS_CERTIFICATE == "")?string("NULL", SYS_WSS_TLS_CERTIFICATE)}
#define SYS_WSS_TLS_KEY            ${(SYS_WSS_TLS_KEY == "")?string("NULL", SYS_WSS_TLS_KEY)}
#define SYS_WSS_TLS_CA             ${(SYS_WSS_TLS_CA == "")?string("NULL", SYS_WSS_TLS_CA)}
#define SYS_WSS_TLS_POOL           ${SYS_WSS_TLS_POOL_SIZE?c}
#define SYS_WSS_TLS_MAX_FRAGMENT   ${SYS_WSS_TLS_FRAGMENT?c}
</#if>
<#if HarmonyCore.SELECT_RTOS != "BareMetal">
#define SYS_WSS_RTOS_STACK_SIZE    ${SYS_WSS_RTOS_STACK_SIZE?c}
#define SYS_WSS_RTOS_TASK_PRIORITY ${SYS_WSS_RTOS_TASK_PRIORITY?c}
#define SYS_WSS_RTOS_TASK_DELAY    ${SYS_WSS_RTOS_TASK_DELAY?c}
</#if>

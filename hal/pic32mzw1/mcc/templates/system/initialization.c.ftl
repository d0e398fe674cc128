<#-- SPDX-License-Identifier: MIT -->
<#if SYS_WSS_PROBLEMS != "">
#error "WebSocket service: ${SYS_WSS_PROBLEMS}"
</#if>
    /* WebSocket service */
<#if SYS_WSS_ENABLE_CONSOLE>
    (void)sys_wss_cmd_register();
</#if>
<#if SYS_WSS_GEN_APP_TEMPLATE>
    APP_WSS_Initialize();
</#if>
<#if SYS_WSS_START_AT_BOOT>
    sysObj.sysWSS = SYS_WSS_Initialize(NULL, NULL, NULL);
<#else>
    sysObj.sysWSS = SYS_MODULE_OBJ_INVALID; /* the application starts it */
</#if>

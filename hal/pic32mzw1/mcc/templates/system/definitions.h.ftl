<#-- SPDX-License-Identifier: MIT -->
#include "system/wss/sys_wss.h"
<#if SYS_WSS_ENABLE_CONSOLE>
#include "system/wss/sys_wss_console.h"
</#if>
<#if SYS_WSS_GEN_APP_TEMPLATE>
#include "app_wss.h"
</#if>

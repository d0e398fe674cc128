<#-- SPDX-License-Identifier: MIT -->
    SYS_MODULE_OBJ  sysWSS;

<#-- SPDX-License-Identifier: MIT -->
/* SPDX-License-Identifier: MIT */
/*
 * Certificates and key for TLS, in PEM or DER. This file is written once; what you put in stays.
 * Whoever has the key can pass for this device: keep it out of version control.
 *
 *     scripts/make-credentials certificate=cert.pem key=key.pem >wss_credentials.h
 */
#error "wss_credentials.h: put certificates and key in the place of this line"

<#if SYS_WSS_TLS_CERTIFICATE != "">
static const char ${SYS_WSS_TLS_CERTIFICATE}[] =
    "-----BEGIN CERTIFICATE-----\n"
    "-----END CERTIFICATE-----\n";

static const char ${SYS_WSS_TLS_KEY}[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "-----END PRIVATE KEY-----\n";
</#if>
<#if SYS_WSS_TLS_CA != "">

static const char ${SYS_WSS_TLS_CA}[] =
    "-----BEGIN CERTIFICATE-----\n"
    "-----END CERTIFICATE-----\n";
</#if>

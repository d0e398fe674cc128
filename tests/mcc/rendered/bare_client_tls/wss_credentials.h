/* SPDX-License-Identifier: MIT */
/*
 * Certificates and key for TLS, in PEM or DER. This file is written once; what you put in stays.
 * Whoever has the key can pass for this device: keep it out of version control.
 *
 *     scripts/make-credentials certificate=cert.pem key=key.pem >wss_credentials.h
 */
#error "wss_credentials.h: put certificates and key in the place of this line"


static const char wss_ca[] =
    "-----BEGIN CERTIFICATE-----\n"
    "-----END CERTIFICATE-----\n";

/* SPDX-License-Identifier: MIT */
/*
 * mbedTLS 2.28 or 3.6 for firmware: TLS 1.2 with ECDHE-ECDSA on P-256 and AES-GCM, tickets, and
 * all memory from a static pool (wss_tls_pool_init()). WSS_MBEDTLS_SOURCE builds it so. Each
 * setting here is a macro that may be given before:
 *
 *   WSS_MBEDTLS_TLS 0           without TLS: what crypto/ needs, which takes no memory
 *   WSS_MBEDTLS_RSA 1           also RSA: certificates of the peer and own ones; 2048 bits and more
 *   WSS_MBEDTLS_IN 4096         largest record that is received; 16384: any peer's. Where it is
 *                               smaller, peers have to be asked for less (max_fragment) and heed it
 *   WSS_MBEDTLS_OUT 2048        largest record that is sent, and own certificate chain
 *   WSS_MBEDTLS_TIME 1          there is a clock: dates of certificates, ages of tickets
 *   WSS_MBEDTLS_CLIENT 0        without the client; WSS_MBEDTLS_SERVER 0: without the server
 *   WSS_MBEDTLS_LIBC 0          of the C library only <string.h>, and exit() where the pool was
 *                               overwritten: before there is a pool, there is no memory
 *   WSS_MBEDTLS_MARKS 1         the pool counts what it was used for: code and 4 bytes per block
 */
#ifndef WSS_MBEDTLS_CONFIG_H
#define WSS_MBEDTLS_CONFIG_H

#ifndef WSS_MBEDTLS_TLS
#define WSS_MBEDTLS_TLS 1
#endif
#ifndef WSS_MBEDTLS_RSA
#define WSS_MBEDTLS_RSA 0
#endif
#ifndef WSS_MBEDTLS_IN
#define WSS_MBEDTLS_IN 16384
#endif
#ifndef WSS_MBEDTLS_OUT
#define WSS_MBEDTLS_OUT 4096
#endif
#ifndef WSS_MBEDTLS_TIME
#define WSS_MBEDTLS_TIME 0
#endif
#ifndef WSS_MBEDTLS_CLIENT
#define WSS_MBEDTLS_CLIENT 1
#endif
#ifndef WSS_MBEDTLS_SERVER
#define WSS_MBEDTLS_SERVER 1
#endif
#ifndef WSS_MBEDTLS_LIBC
#define WSS_MBEDTLS_LIBC 1
#endif
#ifndef WSS_MBEDTLS_MARKS
#define WSS_MBEDTLS_MARKS 0
#endif

/* What crypto/ needs. Tables in ROM; SHA-1 is the opening handshake's (RFC 6455, 4.2.2). */
#define MBEDTLS_NO_PLATFORM_ENTROPY
#define MBEDTLS_AES_C
#define MBEDTLS_AES_ROM_TABLES
#define MBEDTLS_SHA1_C
#define MBEDTLS_CTR_DRBG_C
#define MBEDTLS_CTR_DRBG_USE_128_BIT_KEY
#define MBEDTLS_BASE64_C

#if WSS_MBEDTLS_TLS

/* The platform: memory from the pool, nothing of an operating system. */
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_MEMORY_BUFFER_ALLOC_C
#if !WSS_MBEDTLS_LIBC
#define MBEDTLS_PLATFORM_NO_STD_FUNCTIONS
#define MBEDTLS_PLATFORM_STD_MEM_HDR        <stdlib.h>
#define MBEDTLS_PLATFORM_FPRINTF_MACRO(...) ((void)0)
#endif
#if WSS_MBEDTLS_MARKS
#define MBEDTLS_MEMORY_DEBUG
#endif
#if WSS_MBEDTLS_TIME
#define MBEDTLS_HAVE_TIME
#define MBEDTLS_HAVE_TIME_DATE
#endif

/* Ciphers and hashes. */
#define MBEDTLS_CIPHER_C
#define MBEDTLS_GCM_C
#define MBEDTLS_MD_C
#define MBEDTLS_SHA224_C
#define MBEDTLS_SHA256_C

/* P-256. The window trades memory for time: 2 is the least. */
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_NIST_OPTIM
#define MBEDTLS_ECP_WINDOW_SIZE       2
#define MBEDTLS_ECP_FIXED_POINT_OPTIM 0
#define MBEDTLS_ECDH_C
#define MBEDTLS_ECDSA_C
#if WSS_MBEDTLS_RSA
#define MBEDTLS_RSA_C
#define MBEDTLS_PKCS1_V15
#define MBEDTLS_PKCS1_V21
#define MBEDTLS_X509_RSASSA_PSS_SUPPORT
#define MBEDTLS_MPI_MAX_SIZE 512
#else
#define MBEDTLS_MPI_MAX_SIZE 48
#endif

/* Certificates and keys in PEM or DER. */
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C
#define MBEDTLS_OID_C
#define MBEDTLS_PEM_PARSE_C
#define MBEDTLS_PK_C
#define MBEDTLS_PK_PARSE_C
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C
#define MBEDTLS_X509_CHECK_KEY_USAGE
#define MBEDTLS_X509_CHECK_EXTENDED_KEY_USAGE

/* TLS 1.2. Certificates of peers are not kept: the handshake alone needs them. */
#define MBEDTLS_SSL_TLS_C
#define MBEDTLS_SSL_PROTO_TLS1_2
#define MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED
#if WSS_MBEDTLS_RSA
#define MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED
#endif
#if WSS_MBEDTLS_CLIENT
#define MBEDTLS_SSL_CLI_C
#endif
#if WSS_MBEDTLS_SERVER
#define MBEDTLS_SSL_SRV_C
#define MBEDTLS_SSL_TICKET_C
#endif
#define MBEDTLS_SSL_ALL_ALERT_MESSAGES
#define MBEDTLS_SSL_ALPN
#define MBEDTLS_SSL_EXTENDED_MASTER_SECRET
#define MBEDTLS_SSL_MAX_FRAGMENT_LENGTH
#define MBEDTLS_SSL_SERVER_NAME_INDICATION
#define MBEDTLS_SSL_SESSION_TICKETS
#define MBEDTLS_SSL_IN_CONTENT_LEN  WSS_MBEDTLS_IN
#define MBEDTLS_SSL_OUT_CONTENT_LEN WSS_MBEDTLS_OUT

#endif

#include <mbedtls/version.h>
#if MBEDTLS_VERSION_MAJOR < 3
#include <mbedtls/check_config.h>
#endif

#endif

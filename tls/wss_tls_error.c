/* SPDX-License-Identifier: MIT */
/*
 * Sentences for what goes wrong. docs/TLS.md has them as a table, which tests/tls compares.
 * It must not know what becomes of a failure.
 */
#include "wss_tls_internal.h"

#include <mbedtls/asn1.h>
#include <mbedtls/bignum.h>
#include <mbedtls/ecp.h>
#include <mbedtls/md.h>
#include <mbedtls/pem.h>
#include <mbedtls/pk.h>
#include <mbedtls/x509.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* --------------------------------------------------------------------------- texts */

static void add(wss_tls_stream_t *stream, const char *words)
{
    const size_t used = strlen(stream->text);
    const size_t room = sizeof stream->text - used - 1;
    const size_t length = strlen(words);

    memcpy(stream->text + used, words, length < room ? length : room);
    stream->text[used + (length < room ? length : room)] = '\0';
}

static void add_digit(wss_tls_stream_t *stream, unsigned digit)
{
    const char text[2] = {"0123456789ABCDEF"[digit & 15u], '\0'};

    add(stream, text);
}

static const char *compose(wss_tls_stream_t *stream, const char *before, const char *name,
                           const char *after)
{
    stream->text[0] = '\0';
    add(stream, before);
    add(stream, name);
    add(stream, after);
    return stream->text;
}

/* -------------------------------------------------------------------------- alerts */

/* RFC 8446, B.2, with those of RFC 5246, 7.2.2 that it reserves. */
static const struct {
    uint8_t number;
    const char *name;
} alerts[] = {
    {10, "unexpected_message"},
    {20, "bad_record_mac"},
    {21, "decryption_failed"},
    {22, "record_overflow"},
    {30, "decompression_failure"},
    {40, "handshake_failure"},
    {41, "no_certificate"},
    {42, "bad_certificate"},
    {43, "unsupported_certificate"},
    {44, "certificate_revoked"},
    {45, "certificate_expired"},
    {46, "certificate_unknown"},
    {47, "illegal_parameter"},
    {48, "unknown_ca"},
    {49, "access_denied"},
    {50, "decode_error"},
    {51, "decrypt_error"},
    {60, "export_restriction"},
    {70, "protocol_version"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {100, "no_renegotiation"},
    {109, "missing_extension"},
    {110, "unsupported_extension"},
    {111, "certificate_unobtainable"},
    {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"},
    {114, "bad_certificate_hash_value"},
    {115, "unknown_psk_identity"},
    {116, "certificate_required"},
    {120, "no_application_protocol"},
};

static const char *alert_name(unsigned number)
{
    for (size_t i = 0; i < COUNT(alerts); i++)
        if (alerts[i].number == number)
            return alerts[i].name;
    return "unknown";
}

/* -------------------------------------------------------------------- certificates */

/* In the order in which they are told: the first that holds. */
static const struct {
    uint32_t flags;
    const char *sentence;
} flaws[] = {
    {MBEDTLS_X509_BADCERT_REVOKED, "The certificate has been revoked."},
    {MBEDTLS_X509_BADCERT_EXPIRED, "The certificate has expired."},
    {MBEDTLS_X509_BADCERT_FUTURE, "The certificate is not valid yet."},
    {MBEDTLS_X509_BADCERT_BAD_MD | MBEDTLS_X509_BADCERT_BAD_PK | MBEDTLS_X509_BADCERT_BAD_KEY,
     "The certificate's key or signature is too weak or of a kind that is not taken."},
    {MBEDTLS_X509_BADCERT_NOT_TRUSTED, "The certificate does not lead to a trusted CA."},
    {MBEDTLS_X509_BADCERT_CN_MISMATCH, "The certificate is for another host."},
    {MBEDTLS_X509_BADCERT_KEY_USAGE | MBEDTLS_X509_BADCERT_EXT_KEY_USAGE |
         MBEDTLS_X509_BADCERT_NS_CERT_TYPE,
     "The certificate is not for this use."},
};

static const char *certificate_sentence(const wss_tls_stream_t *stream)
{
    const uint32_t found = mbedtls_ssl_get_verify_result(&stream->ssl);

    for (size_t i = 0; i < COUNT(flaws); i++)
        if ((found & flaws[i].flags) != 0)
            return flaws[i].sentence;
    return "The certificate is not accepted.";
}

/* ------------------------------------------------------------------------- records */

enum {
    FIRST_TYPE = 20, /* change_cipher_spec (RFC 8446, B.1) */
    LAST_TYPE = 24,  /* heartbeat */
    MAJOR = 3        /* of every version since SSL 3 */
};

static bool is_record(const unsigned char header[5])
{
    return header[0] >= FIRST_TYPE && header[0] <= LAST_TYPE && header[1] == MAJOR;
}

static bool is_large(const unsigned char header[5])
{
    return header[3] * 256u + header[4] > MBEDTLS_SSL_IN_CONTENT_LEN;
}

/* mbedTLS 2.28 does not join handshake messages, 3.6 as far as the buffer goes. */
static const char *message_sentence(const wss_tls_stream_t *stream, int code)
{
    const bool large = wss_tls_message_size(&stream->ssl) > MBEDTLS_SSL_IN_CONTENT_LEN;

    if (large &&
        (code == MBEDTLS_ERR_SSL_FEATURE_UNAVAILABLE || code == MBEDTLS_ERR_SSL_BAD_INPUT_DATA))
        return "A handshake message of the peer is larger than the buffer for it.";
    return NULL;
}

/* What the record itself tells of such a failure, or NULL. */
static const char *record_sentence(const wss_tls_stream_t *stream, int code)
{
    const unsigned char *header = wss_tls_header_of(&stream->ssl);

    if (code != MBEDTLS_ERR_SSL_INVALID_RECORD && code != MBEDTLS_ERR_SSL_BAD_INPUT_DATA &&
        code != WSS_TLS_BAD_HELLO)
        return NULL;
    if (!is_record(header))
        return "The peer does not speak TLS.";
    return is_large(header) ? "A record of the peer is larger than the buffer for it." : NULL;
}

unsigned char wss_tls_alert_for(const wss_tls_stream_t *stream, int code)
{
    const unsigned char *header = wss_tls_header_of(&stream->ssl);

    if (code == MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE)
        return MBEDTLS_SSL_ALERT_MSG_HANDSHAKE_FAILURE;
    if (code != MBEDTLS_ERR_SSL_INVALID_RECORD && code != MBEDTLS_ERR_SSL_BAD_INPUT_DATA &&
        code != WSS_TLS_BAD_HELLO)
        return MBEDTLS_SSL_ALERT_MSG_INTERNAL_ERROR;
    return is_record(header) && is_large(header) ? MBEDTLS_SSL_ALERT_MSG_RECORD_OVERFLOW
                                                 : MBEDTLS_SSL_ALERT_MSG_DECODE_ERROR;
}

/* ---------------------------------------------------------------------------- codes */

/* mbedTLS adds a code of a lower module, below 0x80, to one of a higher. */
bool wss_tls_is_memory(int code)
{
    static const int high[] = {MBEDTLS_ERR_SSL_ALLOC_FAILED, MBEDTLS_ERR_X509_ALLOC_FAILED,
                               MBEDTLS_ERR_PK_ALLOC_FAILED,  MBEDTLS_ERR_ECP_ALLOC_FAILED,
                               MBEDTLS_ERR_MD_ALLOC_FAILED,  MBEDTLS_ERR_CIPHER_ALLOC_FAILED,
                               MBEDTLS_ERR_PEM_ALLOC_FAILED};
    const int low = -(-code & 0x7F);

    for (size_t i = 0; i < COUNT(high); i++)
        if (-(-code & 0xFF80) == high[i])
            return true;
    return low == MBEDTLS_ERR_MPI_ALLOC_FAILED || low == MBEDTLS_ERR_ASN1_ALLOC_FAILED;
}

bool wss_tls_is_random(int code)
{
    return -(-code & 0x7F) == WSS_TLS_RANDOM_FAILED;
}

bool wss_tls_is_internal(int code)
{
    return wss_tls_is_random(code) || wss_tls_is_memory(code) || code == WSS_TLS_CHAIN_TOO_BIG;
}

static const char *const no_random = "The random number generator failed.";
static const char *const no_memory = "There is not enough memory for TLS.";

const char *wss_tls_input_sentence(int code, const char *otherwise)
{
    if (wss_tls_is_random(code))
        return no_random;
    if (wss_tls_is_memory(code))
        return no_memory;
    return code == MBEDTLS_ERR_PK_PASSWORD_REQUIRED ? "The key needs a password." : otherwise;
}

static const struct {
    int code;
    const char *sentence;
} simple[] = {
    {WSS_TLS_NO_CIPHER, "There is no common cipher that suits the certificate."},
    {WSS_TLS_NO_CIPHER_USABLE, "There is no common cipher that suits the certificate."},
    {WSS_TLS_BAD_VERSION, "There is no common version of TLS."},
    {MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE, "The client has no certificate."},
    {MBEDTLS_ERR_SSL_INVALID_MAC, "A record of the peer was altered on the way."},
    {MBEDTLS_ERR_SSL_INVALID_RECORD, "A record of the peer is malformed."},
    {MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE, "The peer sent a message out of order."},
    {WSS_TLS_BAD_HELLO, "The ClientHello is malformed."},
    {WSS_TLS_CHAIN_TOO_BIG, "The certificate chain is larger than the buffer for it."},
};

static const char *simple_sentence(int code)
{
    for (size_t i = 0; i < COUNT(simple); i++)
        if (simple[i].code == code)
            return simple[i].sentence;
    return NULL;
}

/* By what we told the peer, or as the bare number. */
static const char *other_sentence(wss_tls_stream_t *stream, int code)
{
    if (stream->alert < WSS_TLS_SOME_ALERT)
        return compose(stream, "TLS failed: ", alert_name(stream->alert), ".");
    (void)compose(stream, "TLS failed: -0x", "", "");
    for (int shift = 12; shift >= 0; shift -= 4)
        add_digit(stream, (unsigned)-code >> shift);
    add(stream, " of mbedTLS.");
    return stream->text;
}

/* In TLS 1.3 the other side may fail before it encrypts, when this side decrypts. */
static bool is_plain_alert(const wss_tls_stream_t *stream, int code)
{
    const unsigned char *header = wss_tls_header_of(&stream->ssl);

    return code == MBEDTLS_ERR_SSL_INVALID_MAC && stream->phase != WSS_PHASE_UP &&
           header[0] == MBEDTLS_SSL_MSG_ALERT && header[3] == 0 && header[4] == 2;
}

static const char *end_sentence(const wss_tls_stream_t *stream)
{
    return stream->phase == WSS_PHASE_UP ? "The peer ended TCP without close_notify."
                                         : "The peer ended TCP in the TLS handshake.";
}

const char *wss_tls_sentence(wss_tls_stream_t *stream, int code)
{
    wss_stream_t *below = wss_tls_below(stream);
    const char *sentence;

    /* A peer that says why it refuses may reset the connection next. */
    if (code == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE)
        return compose(stream, "The peer sent the alert ",
                       alert_name(wss_tls_alert_of(&stream->ssl)), ".");
    if (is_plain_alert(stream, code))
        return compose(stream, "The peer sent the alert ",
                       alert_name(wss_tls_header_of(&stream->ssl)[6]), ".");
    if (stream->below_failed)
        return below->ops->reason(below);
    if (stream->below_ended && (code == 0 || code == MBEDTLS_ERR_SSL_CONN_EOF))
        return end_sentence(stream);
    if (code == MBEDTLS_ERR_X509_CERT_VERIFY_FAILED || code == WSS_TLS_BAD_CERTIFICATE)
        return certificate_sentence(stream);
    if (wss_tls_is_random(code))
        return no_random;
    if (wss_tls_is_memory(code))
        return no_memory;
    if (stream->alert == MBEDTLS_SSL_ALERT_MSG_NO_APPLICATION_PROTOCOL)
        return "There is no common application protocol.";
    sentence = message_sentence(stream, code);
    if (sentence == NULL)
        sentence = record_sentence(stream, code);
    if (sentence == NULL)
        sentence = simple_sentence(code);
    return sentence != NULL ? sentence : other_sentence(stream, code);
}

/* SPDX-License-Identifier: MIT */
/* Numeric addresses as text, for URLs and for whom a client is to call. */
#ifndef WSS_URL_HOST_H
#define WSS_URL_HOST_H

#include <stdbool.h>

/* Whether the text is an IPv4 address in dotted decimal, an IPv6 address without brackets
 * (RFC 3986, 3.2.2). */
bool wss_url_is_ipv4(const char *p, const char *end);
bool wss_url_is_ipv6(const char *p, const char *end);

/* Whether the last label is a number: resolvers may take such a name for an address. The name
 * may be percent-encoded. */
bool wss_url_ends_in_number(const char *p, const char *end);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Gives the bytes on standard input to the scanner as a response and prints what its
 * hooks were told: with the bytes whole, one by one, and cut in two at every place; fails
 * if that changes anything. No engine: the hooks are here. README.md has the settings.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "wss_scan.h"

enum { INPUT = 70000 };

static event_log_t *log_now;
static bool no_fold;
static uint8_t input[INPUT];
static size_t input_length;
static wss_scan_limits_t limits = {.head = 16384, .fields = 100};

void wss_response_version(wss_conn_t *conn, uint8_t digit)
{
    (void)conn;
    log_piece(log_now, "version", &digit, 1);
}

void wss_response_status(wss_conn_t *conn, uint8_t digit)
{
    (void)conn;
    log_piece(log_now, "status", &digit, 1);
}

void wss_response_name_end(wss_conn_t *conn)
{
    (void)conn;
    log_end(log_now, "name");
}

bool wss_response_name(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    (void)conn;
    log_piece(log_now, "name", bytes, length);
    return true;
}

#if !WSS_CFG_SMALL
bool wss_response_last_name(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    (void)wss_response_name(conn, bytes, length);
    wss_response_name_end(conn);
    return true;
}
#endif

bool wss_response_value(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    (void)conn;
    log_piece(log_now, "value", bytes, length);
    return true;
}

bool wss_response_field_end(wss_conn_t *conn)
{
    (void)conn;
    log_end(log_now, "value");
    return true;
}

bool wss_response_fold(wss_conn_t *conn)
{
    (void)conn;
    return !no_fold;
}

static const char *name_of(wss_scan_t result)
{
    static const char *const names[] = {
        [WSS_SCAN_MORE] = "more",
        [WSS_SCAN_COMPLETE] = "complete",
        [WSS_SCAN_STOPPED] = "stopped",
        [WSS_SCAN_MALFORMED] = "malformed",
        [WSS_SCAN_NO_VERSION] = "no version",
        [WSS_SCAN_LINE_TOO_LONG] = "line too long",
        [WSS_SCAN_FIELDS_TOO_LARGE] = "fields too large",
    };
    return names[result];
}

/* First `first` bytes, then pieces of `step` bytes. */
static void play(event_log_t *log, size_t first, size_t step)
{
    static wss_conn_t conn;
    wss_scan_t result = WSS_SCAN_MORE;
    size_t read = 0;
    char rest[32] = "";
    log_now = log;
    log_clear(log);
    wss_scan_response_begin(&conn.u.handshake.scan, &limits);
    while (read < input_length && result == WSS_SCAN_MORE) {
        size_t part = read == 0 && first > 0 ? first : step;
        uint32_t taken = 0;
        if (part > input_length - read)
            part = input_length - read;
        result = wss_scan_response(&conn, input + read, (uint32_t)part, &taken);
        read += taken;
    }
    if (result == WSS_SCAN_COMPLETE && read < input_length)
        (void)snprintf(rest, sizeof rest, "%zu left", input_length - read);
    log_line(log, name_of(result), rest);
}

int main(int argc, char **argv)
{
    static event_log_t whole, other;
    for (int i = 1; i + 1 < argc; i += 2) {
        uint16_t number = (uint16_t)strtoul(argv[i + 1], NULL, 10);
        if (strcmp(argv[i], "max-head") == 0)
            limits.head = number;
        else if (strcmp(argv[i], "fields") == 0)
            limits.fields = number;
        else
            no_fold = true;
    }
    input_length = fread(input, 1, sizeof input, stdin);
    play(&whole, 0, input_length);
    fputs(whole.text, stdout);
    play(&other, 0, 1);
    if (!log_same(&whole, &other, "in pieces of", 1))
        return 1;
    for (size_t cut = 1; cut < input_length; cut++) {
        play(&other, cut, input_length);
        if (!log_same(&whole, &other, "cut at", cut))
            return 1;
    }
    return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * Sends texts, lines and blocks. What is longer than a chunk goes in fragments of one
 * message. Input is read only when all before it is sent.
 */
#include "wss_client_talk.h"

#include "wss_client_port.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char buffer[WSS_CLIENT_CHUNK];

bool wss_talk_start(wss_talk_t *talk, const wss_client_options_t *options,
                    void (*wake)(void *context), void *context)
{
    *talk = (wss_talk_t){.options = options,
                         .input = {.bytes = buffer,
                                   .capacity = sizeof buffer,
                                   .descriptor = STDIN_FILENO,
                                   .wake = wake,
                                   .context = context}};
    return options->echo || wss_input_start(&talk->input);
}

void wss_talk_open(wss_talk_t *talk)
{
    talk->text = 0;
    talk->offset = 0;
    talk->line_lost = talk->line_lost || talk->line_begun;
    talk->line_begun = false;
}

/* What a send has come to. A connection that is closing takes no more; the next one may. */
static wss_talk_result_t judge(wss_result_t result)
{
    if (result == WSS_ERR_TEXT)
        fputs("wss: standard input is not UTF-8, so it cannot be sent as text\n", stderr);
    return result == WSS_ERR_TEXT ? WSS_TALK_FAILED : WSS_TALK_ON;
}

/* ---------------------------------------------------------------------------- --send */

/* Sends the next chunk of a text. */
static wss_result_t send_chunk(wss_talk_t *talk, wss_conn_t *conn, const char *text)
{
    const size_t left = strlen(text) - talk->offset;
    const size_t count = left < WSS_CLIENT_CHUNK ? left : WSS_CLIENT_CHUNK;
    const wss_result_t result = wss_send(conn, WSS_OPCODE_TEXT, text + talk->offset, count,
                                         count == left ? WSS_FINAL : WSS_MORE);

    if (result == WSS_OK && count < left) {
        talk->offset += count;
    } else if (result == WSS_OK) {
        talk->offset = 0;
        talk->text++;
    }
    return result;
}

/* ------------------------------------------------------------------------- the input */

static void ask_for_more(wss_talk_t *talk)
{
    wss_input_t *input = &talk->input;
    const size_t left = input->length - talk->taken;

    memmove(input->bytes, input->bytes + talk->taken, left);
    input->length = left;
    talk->taken = 0;
    wss_input_ask(input);
}

/* The line, or as much of it as can be sent now, begins at `talk->taken`. Returns false
 * when more has to be read first. */
static bool find_line(const wss_talk_t *talk, size_t *length, bool *ends, bool *newline)
{
    const wss_input_t *input = &talk->input;
    const char *start = input->bytes + talk->taken;
    const char *end = memchr(start, '\n', input->length - talk->taken);

    *newline = end != NULL;
    *length = end != NULL ? (size_t)(end - start) : input->length - talk->taken;
    *ends = *newline || input->ended;
    return *ends ? *newline || *length > 0 || talk->line_begun || talk->line_lost
                 : *length == input->capacity;
}

static wss_result_t send_line(wss_talk_t *talk, wss_conn_t *conn, bool *more)
{
    size_t length;
    bool ends;
    bool newline;
    wss_result_t result = WSS_OK;

    *more = find_line(talk, &length, &ends, &newline);
    if (!*more)
        return WSS_OK;
    if (!talk->line_lost)
        result = wss_send(conn, WSS_OPCODE_TEXT, talk->input.bytes + talk->taken, length,
                          ends ? WSS_FINAL : WSS_MORE);
    if (result != WSS_OK)
        return result;
    talk->taken += length + (newline ? 1 : 0);
    talk->line_begun = !ends && !talk->line_lost;
    talk->line_lost = talk->line_lost && !ends;
    return WSS_OK;
}

static wss_result_t send_block(wss_talk_t *talk, wss_conn_t *conn, bool *more)
{
    const size_t length = talk->input.length - talk->taken;

    *more = length > 0;
    const wss_result_t result = *more ? wss_send(conn, WSS_OPCODE_BINARY,
                                                 talk->input.bytes + talk->taken, length, WSS_FINAL)
                                      : WSS_OK;
    if (result == WSS_OK)
        talk->taken += length;
    return result;
}

static wss_talk_result_t end_of_input(const wss_talk_t *talk)
{
    if (talk->input.error == 0)
        return WSS_TALK_END;
    fprintf(stderr, "wss: standard input: %s\n", strerror(talk->input.error));
    return WSS_TALK_FAILED;
}

static wss_talk_result_t send_input(wss_talk_t *talk, wss_conn_t *conn)
{
    bool more = true;

    while (more) {
        const wss_result_t result =
            talk->options->binary ? send_block(talk, conn, &more) : send_line(talk, conn, &more);
        if (result != WSS_OK)
            return judge(result);
    }
    if (talk->input.ended)
        return end_of_input(talk);
    ask_for_more(talk);
    return WSS_TALK_ON;
}

wss_talk_result_t wss_talk_go_on(wss_talk_t *talk, wss_conn_t *conn)
{
    const wss_client_options_t *options = talk->options;

    while (talk->text < options->text_count) {
        const wss_result_t result = send_chunk(talk, conn, options->texts[talk->text]);
        if (result != WSS_OK)
            return judge(result);
    }
    if (options->echo || !wss_input_ready(&talk->input))
        return WSS_TALK_ON;
    return send_input(talk, conn);
}

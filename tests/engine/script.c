/* SPDX-License-Identifier: MIT */
/*
 * Plays a script of events (docs/TESTING.md has its words) against the engine: whole,
 * byte by byte, cut at every point of what the peer sends, and with tx buffers of several
 * sizes, with a trace and without one, as messages may go another way then. Prints what happened;
 * fails when any of that changes it. `--rows FILE` adds the rows that were taken to a file,
 * `--client` lets the engine be the client where the script does not say its role.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dial.h"
#include "wire.h"
#include "words.h"
#include "world.h"

enum { CUTS_MAX = 600 };

/* The script. */
static char scripts[1 << 20]; /* one, or several with a line "====" between them */
static const char *lines[4096];
static unsigned line_count;

/* What is being played. */
static settings_t settings;
static lines_t app, wire, played, expected;
static uint8_t burst[1 << 20];
static uint32_t burst_length;
static size_t sent_before; /* bytes of the bursts that are over */
static long cut;           /* -1: whole, 0: byte by byte, else where to cut */
static uint32_t tx;        /* settings.tx */
static bool started;
static bool client_by_default;
static bool close_in_burst; /* the peer's Close is in it, whole or not */

/* ------------------------------------------------------------ phases of the log */

static void end_phase(void)
{
    lines_add(&played, "%s", app.text);
    lines_add(&played, "%s", wire.text);
    app.length = wire.length = 0;
    app.text[0] = wire.text[0] = '\0';
}

/* What the peer sends between two other lines leaves in one burst, cut as asked. */
static void send_burst(void)
{
    if (burst_length == 0)
        return;
    if (cut == 0) {
        for (uint32_t i = 0; i < burst_length; i++)
            world_peer_bytes(burst + i, 1);
    } else {
        uint32_t first = burst_length;
        if (cut > (long)sent_before && cut < (long)(sent_before + burst_length))
            first = (uint32_t)((size_t)cut - sent_before);
        world_peer_bytes(burst, first);
        world_peer_bytes(burst + first, burst_length - first);
    }
    sent_before += burst_length;
    burst_length = 0;
    if (close_in_burst)
        world_peer_closed();
    close_in_burst = false;
    world_settle();
    end_phase();
}

/* -------------------------------------------------------------------- frames */

static void add_byte(unsigned byte)
{
    burst[burst_length++] = (uint8_t)byte;
}

static void add_length(uint64_t length, unsigned size, bool masked)
{
    unsigned mask = masked ? 0x80 : 0;
    if (size == 0)
        size = length < 126 ? 1 : length < 65536 ? 2 : 8;
    add_byte(mask | (size == 1 ? (unsigned)length : size == 2 ? 126u : 127u));
    for (unsigned i = size == 1 ? 0 : size; i > 0; i--)
        add_byte((unsigned)(length >> (8 * (i - 1))) & 255);
}

/* frame OPCODE [more] [rsv N] [masked|unmasked] [key HEX8] [says N] [wide 2|8] [PAYLOAD] */
static void add_frame(const words_t *words)
{
    static uint8_t payload[1 << 19];
    size_t length = 0;
    unsigned first = 0x80 | opcode_of(word_at(words, 1));
    unsigned wide = 0;
    bool masked = !settings.client, says = false;
    uint64_t announced = 0;
    uint8_t key[4] = {0x37, 0xfa, 0x21, 0x3d};
    for (unsigned i = 2; i < words->count; i++) {
        if (is(words, i, "more"))
            first &= 0x7f;
        else if (is(words, i, "masked") || is(words, i, "unmasked"))
            masked = words->word[i][0] == 'm';
        else if (is(words, i, "rsv"))
            first |= number(words, ++i) << 4;
        else if (is(words, i, "wide"))
            wide = number(words, ++i);
        else if (is(words, i, "says"))
            says = true, announced = strtoull(word_at(words, ++i), NULL, 0);
        else if (is(words, i, "key"))
            (void)unquote(word_at(words, ++i), key);
        else if (words->word[i][0] >= '0' && words->word[i][0] <= '9' && first == 0x88 && i == 2)
            payload[length++] = (uint8_t)(number(words, i) >> 8),
            payload[length++] = (uint8_t)number(words, i);
        else
            length += unquote(words->word[i], payload + length);
    }
    if ((first & 15) == 8)
        close_in_burst = true;
    add_byte(first);
    add_length(says ? announced : length, wide, masked);
    for (unsigned i = 0; masked && i < 4; i++)
        add_byte(key[i]);
    for (size_t i = 0; i < length; i++)
        add_byte(payload[i] ^ (masked ? key[i & 3] : 0u));
}

/* answer PAYLOAD...: bytes, where {accept} stands for what the last request calls for. */
static void add_answer(const words_t *words)
{
    static const char mark[] = "{accept}";
    static uint8_t text[1 << 16];
    for (unsigned i = 1; i < words->count; i++) {
        size_t length = unquote(words->word[i], text);
        for (size_t at = 0; at < length; at++) {
            if (length - at < sizeof mark - 1 || memcmp(text + at, mark, sizeof mark - 1) != 0) {
                add_byte(text[at]);
                continue;
            }
            world_accept_key((char *)burst + burst_length);
            burst_length += WSS_ACCEPT_LENGTH;
            at += sizeof mark - 2;
        }
    }
}

/* ------------------------------------------------------------- the application */

static void app_send(const words_t *words)
{
    static uint8_t bytes[1 << 17];
    wss_conn_t *conn = world_conn();
    wss_result_t result = WSS_ERR_ARGUMENT;
    const char *verb = word_at(words, 1);
    const char *text = word_at(words, words->count - 1);
    if (strcmp(verb, "ping") == 0 || strcmp(verb, "pong") == 0) {
        size_t length = words->count > 2 ? unquote(text, bytes) : 0;
        result = verb[1] == 'i' ? wss_ping(conn, bytes, length) : wss_pong(conn, bytes, length);
    } else if (strcmp(verb, "begin") == 0) {
        uint64_t length = strtoull(word_at(words, 3), NULL, 0);
        result = wss_send_begin(conn, (wss_opcode_t)opcode_of(word_at(words, 2)), length,
                                is(words, 4, "more") ? WSS_MORE : WSS_FINAL);
    } else if (strcmp(verb, "stream") == 0) {
        size_t taken = 0;
        size_t length = unquote(text, bytes);
        result = wss_send_stream(conn, bytes, length, &taken);
        lines_add(&app, "took %zu\n", taken);
    } else {
        size_t length = unquote(text, bytes);
        result = wss_send(conn, (wss_opcode_t)opcode_of(word_at(words, 2)), bytes, length,
                          is(words, 3, "more") ? WSS_MORE : WSS_FINAL);
    }
    if (result != WSS_OK)
        lines_add(&app, "-> %s\n", wss_result_name(result));
}

static void app_close(const words_t *words)
{
    uint8_t reason[256];
    size_t length = words->count > 3 ? unquote(words->word[3], reason) : 0;
    wss_result_t result =
        wss_close(world_conn(), (uint16_t)number(words, 2), (const char *)reason, length);
    if (result != WSS_OK)
        lines_add(&app, "-> %s\n", wss_result_name(result));
}

#if WSS_CFG_SERVER
static void app_reply(const words_t *words)
{
    static const char body[] = "the application's words";
    wss_reply_t reply = {
        .status = (uint16_t)number(words, 2), .body = body, .body_length = sizeof body - 1};
    wss_result_t result = wss_reply(world_conn(), &reply);
    if (result != WSS_OK)
        lines_add(&app, "-> %s\n", wss_result_name(result));
}

/* accept [N]: with a field whose value has so many bytes. */
static void app_accept(const words_t *words)
{
    static char value[1024];
    const wss_header_t field = {"X", value};
    size_t length = words->count > 2 ? number(words, 2) : 0;
    memset(value, 'x', length);
    value[length] = '\0';
    wss_result_t result = wss_accept(world_conn(), &field, words->count > 2 ? 1 : 0);
    if (result != WSS_OK)
        lines_add(&app, "-> %s\n", wss_result_name(result));
}
#endif

static void do_app(const words_t *words)
{
    const char *verb = word_at(words, 1);
    if (strcmp(verb, "close") == 0)
        app_close(words);
#if WSS_CFG_SERVER
    else if (strcmp(verb, "reply") == 0)
        app_reply(words);
    else if (strcmp(verb, "accept") == 0)
        app_accept(words);
#endif
    else if (strcmp(verb, "abort") == 0)
        (void)wss_abort(world_conn());
    else if (strcmp(verb, "resume") == 0)
        wss_resume(world_conn());
    else if (strcmp(verb, "shutdown") == 0)
        (void)wss_loop_close(world_loop(), (uint16_t)number(words, 2));
    else if (strcmp(verb, "refuse") == 0)
        world_refuse = number(words, 2);
    else if (strcmp(verb, "fail") == 0)
        world_answer = WSS_ERR_ARGUMENT;
    else if (strcmp(verb, "entropy") == 0)
        world_entropy(is(words, 2, "good"));
    else if (strcmp(verb, "pieces") == 0)
        world_pieces = true;
    else if (strcmp(verb, "quit") == 0)
        world_quits = true;
    else if (strcmp(verb, "echo") == 0)
        world_echo = true;
    else
        app_send(words);
}

/* -------------------------------------------------------------------- playing */

static bool set(const words_t *words)
{
    const char *key = word_at(words, 1);
    uint32_t value = number(words, 2);
    wss_config_t *c = &settings.config;
    struct {
        const char *name;
        uint32_t *field;
    } fields[] = {{"handshake", &c->handshake_timeout},
                  {"idle", &c->idle_timeout},
                  {"ping", &c->ping_interval},
                  {"pong", &c->pong_timeout},
                  {"close", &c->close_timeout},
                  {"linger", &c->linger_timeout},
                  {"room", &settings.room},
                  {"window", &settings.window},
                  {"buffer", &settings.buffer},
                  {"controls", &settings.controls},
                  {"rx", &settings.rx},
                  {"latency", &settings.latency},
                  {"max_head", &c->max_head},
                  {"max_fields", &c->max_fields},
                  {"page", &settings.page},
                  {"max_conns", &c->max_conns}};
    for (unsigned i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(fields[i].name, key) == 0)
            return *fields[i].field = value, true;
    if (strcmp(key, "max_message") == 0)
        return c->max_message = is(words, 2, "off") ? UINT64_MAX : value, true;
    if (strcmp(key, "pieces_beyond") == 0)
        return c->pieces_beyond = true, true;
    if (strcmp(key, "layered") == 0)
        return settings.layered = true, true;
    if (strcmp(key, "heads") == 0)
        return settings.heads = true, true;
    if (strcmp(key, "refused") == 0)
        return settings.dial = WSS_SIM_DIAL_REFUSED, true;
    if (strcmp(key, "silent") == 0)
        return settings.dial = WSS_SIM_DIAL_SILENT, true;
    if (strcmp(key, "defer") == 0)
        return settings.defer = true, true;
    return false;
}

static void start(void)
{
    if (started)
        return;
    world_start(&settings, &app, &wire);
    started = true;
}

/* The opening handshake has cases of its own: here only its failure is news. */
static void open_quietly(void)
{
    if (!world_upgrade())
        return;
    app.length = wire.length = 0;
    app.text[0] = wire.text[0] = '\0';
}

static void do_dial(const words_t *words)
{
    wss_result_t result = world_dial(dial_target(words));
    if (result != WSS_OK)
        lines_add(&app, "-> %s\n", wss_result_name(result));
}

static void do_line(const words_t *words)
{
    const char *verb = word_at(words, 0);
    if (strcmp(verb, "role") == 0) {
        settings.client = is(words, 1, "client");
        return;
    }
    if (strcmp(verb, "set") == 0) {
        if (!set(words))
            die("unknown setting", word_at(words, 1));
        return;
    }
    start();
    if (strcmp(verb, "frame") == 0) {
        add_frame(words);
        return;
    }
    if (strcmp(verb, "bytes") == 0) {
        for (unsigned i = 1; i < words->count; i++)
            burst_length += (uint32_t)unquote(words->word[i], burst + burst_length);
        return;
    }
    if (strcmp(verb, "answer") == 0) {
        add_answer(words);
        return;
    }
    send_burst();
    if (strcmp(verb, "dial") == 0)
        do_dial(words);
    else if (strcmp(verb, "open") == 0)
        open_quietly();
    else if (strcmp(verb, "connect") == 0)
        world_connect();
    else if (strcmp(verb, "fin") == 0)
        world_peer_finish();
    else if (strcmp(verb, "reset") == 0)
        world_peer_reset();
    else if (strcmp(verb, "layer") == 0)
        world_layer(is(words, 1, "up") ? WSS_PHASE_UP : WSS_PHASE_FAILED);
    else if (strcmp(verb, "stay") == 0)
        world_peer_stay();
    else if (strcmp(verb, "leave") == 0)
        world_peer_leave();
    else if (strcmp(verb, "link") == 0)
        world_link(is(words, 1, "up"));
    else if (strcmp(verb, "deaf") == 0)
        world_peer_deaf(true);
    else if (strcmp(verb, "hear") == 0)
        world_peer_deaf(false);
    else if (strcmp(verb, "time") == 0)
        world_time(number(words, 1));
    else if (strcmp(verb, "app") == 0)
        do_app(words);
    else
        die("unknown word", verb);
    world_settle();
    end_phase();
}

static void play(void)
{
    static char line[1 << 16];
    settings_default(&settings);
    settings.client = client_by_default;
    settings.tx = tx;
    close_in_burst = false;
    started = false;
    burst_length = 0;
    sent_before = 0;
    played.length = app.length = wire.length = 0;
    played.text[0] = app.text[0] = wire.text[0] = '\0';
    for (unsigned i = 0; i < line_count; i++) {
        snprintf(line, sizeof line, "%s", lines[i]);
        words_t words = split(line);
        if (words.count > 0)
            do_line(&words);
    }
    start();
    send_burst();
    world_end();
    end_phase();
}

static bool differs(const char *how)
{
    if (played.length == expected.length && strcmp(played.text, expected.text) == 0)
        return false;
    printf("--- %s:\n%s", how, played.text);
    return true;
}

static void read_scripts(void)
{
    size_t length = fread(scripts, 1, sizeof scripts - 1, stdin);
    scripts[length] = '\0';
}

static void write_rows(const char *file)
{
    FILE *out = fopen(file, "a");
    if (out == NULL)
        die("cannot write", file);
    for (unsigned machine = 0; machine < 8; machine++)
        for (unsigned row = 0; row < 256; row++)
            if (world_rows[machine][row])
                fprintf(out, "%u %u\n", machine, row);
    fclose(out);
}

static bool play_bytes(void)
{
    cut = 0;
    play();
    return !differs("byte by byte");
}

/* Long scripts are cut at so many points, spread over them. */
static bool play_cuts(size_t total)
{
    char how[64];
    size_t stride = total / CUTS_MAX + 1;
    if (total < 4096 && !play_bytes())
        return false;
    for (size_t at = 1; at < total; at += stride) {
        cut = (long)at;
        play();
        snprintf(how, sizeof how, "cut after %zu bytes", at);
        if (differs(how))
            return false;
    }
    return true;
}

/* What gathers leaves in the same order, and no later than at the end of a turn. */
static bool play_gathered(void)
{
    static const uint32_t sizes[] = {16, 300, WORLD_TX_MAX};
    char how[64];
    bool good = true;
    cut = -1;
    for (unsigned i = 0; i < sizeof sizes / sizeof sizes[0] && good; i++) {
        tx = sizes[i];
        play();
        snprintf(how, sizeof how, "%u bytes gathered", (unsigned)tx);
        good = !differs(how);
    }
    tx = 0;
    return good;
}

static bool play_untraced(void)
{
    world_traced = false;
    cut = -1;
    play();
    bool good = !differs("without a trace") && play_cuts(sent_before) && play_gathered();
    world_traced = true;
    return good;
}

static bool play_script(bool cuts)
{
    cut = -1;
    play();
    expected = played;
    printf("%s", expected.text);
    bool good = !cuts || (play_bytes() && play_untraced());
    line_count = 0;
    return good;
}

static bool play_scripts(bool cuts)
{
    bool good = true;
    for (char *line = strtok(scripts, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        if (strcmp(line, "====") == 0)
            good = play_script(cuts) && good;
        else if (line[0] != '#')
            lines[line_count++] = line;
    }
    return play_script(cuts) && good;
}

int main(int argc, char **argv)
{
    bool cuts = true;
    const char *rows = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--whole") == 0)
            cuts = false;
        else if (strcmp(argv[i], "--rows") == 0 && i + 1 < argc)
            rows = argv[++i];
        else if (strcmp(argv[i], "--client") == 0)
            client_by_default = true;
    }
    read_scripts();
    bool good = play_scripts(cuts);
    if (rows != NULL)
        write_rows(rows);
    return good ? 0 : 1;
}

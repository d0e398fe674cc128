/* SPDX-License-Identifier: MIT */
/*
 * Plays scripts of events (docs/TESTING.md has their words) against sessions: once with what
 * servers send in one piece, once byte by byte. Prints what happened; fails when both
 * differ. `--rows FILE` adds the rows that were taken to a file.
 */
#include <stdio.h>
#include <string.h>

#include "stage.h"
#include "words.h"

enum { TEXTS = 64, TEXT_SIZE = 2048 };

static char scripts[1 << 18]; /* one, or several with a line "====" between them */
static const char *lines[1024];
static unsigned line_count;
static char texts[TEXTS][TEXT_SIZE];
static unsigned text_count;
static bool begun;

static const char *text(const words_t *words, unsigned index)
{
    char *out = texts[text_count++];
    out[unquote(word_at(words, index), (uint8_t *)out)] = '\0';
    return out;
}

/* ------------------------------------------------------------------------ settings */

/* Texts in a row are one URL. */
static const char *long_text(const words_t *words, unsigned index)
{
    char *out = texts[text_count++];
    size_t length = 0;
    for (; index < words->count; index++)
        length += unquote(word_at(words, index), (uint8_t *)out + length);
    out[length] = '\0';
    return out;
}

static bool set(const words_t *words)
{
    wss_session_config_t *session = &stage.session;
    struct {
        const char *name;
        uint32_t *field;
    } fields[] = {{"attempts", &session->attempts},
                  {"backoff", &session->backoff},
                  {"max_backoff", &session->max_backoff},
                  {"max_redirects", &session->max_redirects},
                  {"slots", &stage.slots}};
    for (unsigned i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (is(words, 0, fields[i].name))
            return *fields[i].field = number(words, 1), true;
    if (is(words, 0, "server"))
        stage.servers[session->server_count++] = long_text(words, 1);
    else if (is(words, 0, "reconnect"))
        session->reconnect = true;
    else if (is(words, 0, "silent_application"))
        stage.handler = false;
    else if (is(words, 0, "origin"))
        session->origin = text(words, 1);
    else if (is(words, 0, "protocol"))
        stage.protocols[session->protocol_count++] = text(words, 1);
    else if (is(words, 0, "header"))
        stage.headers[session->header_count++] = (wss_header_t){text(words, 1), text(words, 2)};
    else if (is(words, 0, "credential"))
        stage.credentials[session->credential_count++] =
            (wss_header_t){text(words, 1), text(words, 2)};
    else
        return false;
    return true;
}

/* -------------------------------------------------------------------------- events */

static void set_deed(const words_t *words)
{
    static const char *const places[PLACES] = {"connecting", "head",    "online",
                                               "open",       "closing", "closed",
                                               "challenge",  "waiting", "stopped"};
    static const char *const deeds[] = {"none", "stop", "start", "abort", "close", "rotate"};
    unsigned place = 0, deed = 0;
    while (place < PLACES && !is(words, 1, places[place]))
        place++;
    while (deed < DEEDS && !is(words, 2, deeds[deed]))
        deed++;
    if (place == PLACES || deed == DEEDS)
        die("unknown place or deed", word_at(words, 1));
    stage_deeds[place] = (deed_t)deed;
}

/* answer STATUS [NAME VALUE...]: a head, each value made of texts up to the next name. */
static void answer(const words_t *words)
{
    static char head[1 << 13];
    int length = snprintf(head, sizeof head, "HTTP/1.1 %s X\r\n", word_at(words, 1));
    for (unsigned i = 2; i < words->count; i++) {
        const char *word = word_at(words, i);
        bool name = word[strlen(word) - 1] == ':';
        if (name)
            length += snprintf(head + length, sizeof head - (size_t)length, "%s%s ",
                               i > 2 ? "\r\n" : "", word);
        else
            length += (int)unquote(word, (uint8_t *)head + length);
    }
    length += snprintf(head + length, sizeof head - (size_t)length, "%s\r\n",
                       words->count > 2 ? "\r\n" : "");
    stage_send((const uint8_t *)head, (size_t)length);
}

static void send_close(const words_t *words)
{
    uint32_t code = number(words, 1);
    const uint8_t frame[] = {0x88, 2, (uint8_t)(code >> 8), (uint8_t)code};
    stage_send(frame, sizeof frame);
    stage_finish();
}

static void dial_as(const words_t *words)
{
    stage_dial(is(words, 1, "refused")  ? WSS_SIM_DIAL_REFUSED
               : is(words, 1, "silent") ? WSS_SIM_DIAL_SILENT
                                        : WSS_SIM_DIAL_LISTENERS);
}

static unsigned session_of(const words_t *words)
{
    return is(words, 1, "2") ? 1 : 0;
}

static void act(const words_t *words)
{
    if (is(words, 0, "start"))
        stage_start(session_of(words));
    else if (is(words, 0, "stop"))
        stage_stop(session_of(words));
    else if (is(words, 0, "plain"))
        stage_plain();
    else if (is(words, 0, "next"))
        stage_next();
    else if (is(words, 0, "loop"))
        stage_loop(is(words, 1, "abort"));
    else if (is(words, 0, "at"))
        set_deed(words);
    else if (is(words, 0, "time"))
        stage_time(number(words, 1));
    else if (is(words, 0, "random"))
        stage_random = number(words, 1);
    else if (is(words, 0, "entropy"))
        stage_entropy(is(words, 1, "good"));
    else if (is(words, 0, "network"))
        dial_as(words);
    else if (is(words, 0, "listen"))
        stage_listen((uint16_t)number(words, 1));
    else if (is(words, 0, "accept"))
        stage_accept();
    else if (is(words, 0, "answer"))
        answer(words);
    else if (is(words, 0, "close"))
        send_close(words);
    else if (is(words, 0, "fin"))
        stage_finish();
    else if (is(words, 0, "reset"))
        stage_reset();
    else
        die("unknown word", word_at(words, 0));
    stage_settle();
}

/* ------------------------------------------------------------------------- playing */

static void play(void)
{
    static char line[1 << 13];
    stage = (stage_t){.slots = 1, .handler = true};
    text_count = 0;
    begun = false;
    for (unsigned i = 0; i < line_count; i++) {
        snprintf(line, sizeof line, "%s", lines[i]);
        words_t words = split(line);
        if (words.count == 0 || set(&words))
            continue;
        if (!begun)
            stage_begin();
        begun = true;
        act(&words);
    }
    stage_end();
}

/* In one piece, then byte by byte. */
static bool play_script(void)
{
    static char expected[1 << 16];
    stage_by_bytes = false;
    play();
    snprintf(expected, sizeof expected, "%s", stage_log());
    printf("%s", expected);
    stage_by_bytes = true;
    play();
    line_count = 0;
    bool same = strcmp(expected, stage_log()) == 0;
    if (!same)
        printf("--- byte by byte:\n%s", stage_log());
    return same;
}

static bool play_scripts(void)
{
    bool good = true;
    size_t length = fread(scripts, 1, sizeof scripts - 1, stdin);
    scripts[length] = '\0';
    for (char *line = scripts, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        if (strcmp(line, "====") == 0)
            good = play_script() && good;
        else if (line[0] != '#')
            lines[line_count++] = line;
    }
    return play_script() && good;
}

static bool write_rows(const char *file)
{
    FILE *out = fopen(file, "a");
    if (out == NULL)
        return false;
    for (unsigned machine = 0; machine < 16; machine++)
        for (unsigned row = 0; row < 256; row++)
            if (stage_rows[machine][row])
                fprintf(out, "%u %u\n", machine, row);
    return fclose(out) == 0;
}

int main(int argc, char **argv)
{
    bool good = play_scripts();
    if (argc == 3 && strcmp(argv[1], "--rows") == 0 && !write_rows(argv[2]))
        return 2;
    return good ? 0 : 1;
}

/* SPDX-License-Identifier: MIT */
/*
 * Calls the websock API as it is told: a line of input names one of eight threads, a..h,
 * and a call with its arguments; the thread answers with a line when the call returns. What
 * event handlers get comes as lines of the thread `!`. Words are percent-encoded.
 */
#define _POSIX_C_SOURCE 200809L
#include "websock.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 8, HANDLES = 16, WATCHES = 16, LINE = 1 << 17, WORDS = 64 };

typedef struct worker {
    pthread_t id;
    char name;
    FILE *lines; /* what it is told */
    FILE *told;
} worker_t;

/* What a handler does with each event, beside telling of it. */
typedef struct watch {
    websock_handle_t handle;
    char deed[8];
} watch_t;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t release = PTHREAD_COND_INITIALIZER; /* handlers that wait */
static bool released;
static websock_handle_t handles[HANDLES];
static watch_t watches[WATCHES];
static unsigned next_watch;

static void say(const char *text)
{
    (void)pthread_mutex_lock(&mutex);
    (void)puts(text);
    (void)fflush(stdout);
    (void)pthread_mutex_unlock(&mutex);
}

static long long now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ------------------------------------------------------------------------ words */

static int hex_digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* In place; returns the length. */
static int decode(char *word)
{
    char *out = word;
    for (const char *in = word; *in != '\0'; in++) {
        if (*in == '%' && in[1] != '\0' && in[2] != '\0') {
            *out++ = (char)(hex_digit(in[1]) << 4 | hex_digit(in[2]));
            in += 2;
        } else {
            *out++ = *in;
        }
    }
    *out = '\0';
    return (int)(out - word);
}

static void encode(char *out, const char *bytes, int length)
{
    for (int i = 0; i < length; i++)
        out += sprintf(out, "%02x", (unsigned)(unsigned char)bytes[i]);
    *out = '\0';
}

/* `none` is NULL, `junk` no handle at all, a number one of those that were opened. */
static websock_handle_t handle_of(const char *word)
{
    if (strcmp(word, "none") == 0)
        return NULL;
    if (strcmp(word, "junk") == 0)
        return &mutex;
    (void)pthread_mutex_lock(&mutex);
    websock_handle_t handle = handles[atoi(word)];
    (void)pthread_mutex_unlock(&mutex);
    return handle;
}

static char *null_or(char *word)
{
    return strcmp(word, "null") == 0 ? NULL : word;
}

/* ------------------------------------------------------------------------- calls */

/* The bytes of a file, with `zero` terminated by one. */
static void read_file(ssl_wrap_cert_t *certificate, const char *path, bool zero)
{
    static char bytes[16384];
    FILE *file = fopen(path, "rb");
    size_t length = file == NULL ? 0 : fread(bytes, 1, sizeof bytes - 1, file);
    memset(bytes + length, zero ? 0 : 'x', sizeof bytes - length);
    certificate->buf = bytes;
    certificate->len = (int)length + (zero ? 1 : 0);
    if (file != NULL)
        (void)fclose(file);
}

static void set(websock_config_t *config, const char *key, char *value)
{
    if (strcmp(key, "hostname") == 0)
        config->hostname = null_or(value);
    else if (strcmp(key, "port") == 0)
        config->port = atoi(value);
    else if (strcmp(key, "uri") == 0)
        config->uri = null_or(value);
    else if (strcmp(key, "secured") == 0)
        config->secured = atoi(value);
    else if (strcmp(key, "time_out") == 0)
        config->time_out = atoi(value);
    else if (strcmp(key, "auth_mode") == 0)
        config->ssl_config.auth_mode = (ssl_auth_mode_t)atoi(value);
    else if (strcmp(key, "ca_cert") == 0)
        config->ssl_config.ca_cert.path = value;
    else if (strcmp(key, "ca_bytes") == 0 || strcmp(key, "ca_text") == 0)
        read_file(&config->ssl_config.ca_cert, value, strcmp(key, "ca_text") == 0);
    else if (strcmp(key, "client_cert") == 0)
        config->ssl_config.client_cert.path = value;
    else if (strcmp(key, "client_key") == 0)
        config->ssl_config.client_key.path = value;
    else if (strcmp(key, "max_frag_len") == 0)
        config->ssl_config.max_frag_len = atoi(value);
    else if (strcmp(key, "count") == 0)
        config->num_hndshk_hdrs = atoi(value);
}

/* open H [KEY VALUE]... [name NAME val VALUE]... */
static void do_open(char *words[], int count, char *answer)
{
    websock_config_t config = {.hostname = "127.0.0.1"};
    for (int i = 2; i + 1 < count; i += 2) {
        websoc_hndshk_hdr_t *next = &config.hndshk_hdrs[config.num_hndshk_hdrs];
        (void)decode(words[i + 1]);
        if (strcmp(words[i], "name") == 0)
            next->name = null_or(words[i + 1]);
        else if (strcmp(words[i], "val") == 0)
            next->val = null_or(words[i + 1]), config.num_hndshk_hdrs++;
        else
            set(&config, words[i], words[i + 1]);
    }
    long long begin = now_ms();
    websock_handle_t handle = websock_open(&config);
    (void)pthread_mutex_lock(&mutex);
    handles[atoi(words[1])] = handle;
    (void)pthread_mutex_unlock(&mutex);
    (void)sprintf(answer, "%s %lld", handle == NULL ? "null" : "open", now_ms() - begin);
}

typedef int (*send_t)(websock_handle_t handle, char *payload, int len);

static send_t send_of(const char *word)
{
    static const struct {
        const char *name;
        send_t call;
    } sends[] = {{"text", websock_send_text},
                 {"binary", websock_send_binary},
                 {"ping", websock_send_ping},
                 {"pong", websock_send_pong}};
    for (size_t i = 0; i < sizeof sends / sizeof sends[0]; i++)
        if (strcmp(sends[i].name, word) == 0)
            return sends[i].call;
    return NULL;
}

/* text H PAYLOAD [LENGTH] */
static void do_send(send_t call, char *words[], int count, char *answer)
{
    char before[256];
    int length = decode(words[2]);
    size_t kept = length < 256 ? (size_t)length : sizeof before;
    char *payload = count > 3 ? null_or(words[2]) : words[2];
    memcpy(before, words[2], kept);
    int result = call(handle_of(words[1]), payload, count > 3 ? atoi(words[3]) : length);
    (void)sprintf(answer, "%d%s", result, memcmp(before, words[2], kept) == 0 ? "" : " changed");
}

/* many KIND H LENGTH BYTE: a message of so many equal bytes */
static void do_many(char *words[], char *answer)
{
    int length = atoi(words[3]);
    char *payload = malloc((size_t)length + 1);
    memset(payload, words[4][0], (size_t)length);
    int result = send_of(words[1])(handle_of(words[2]), payload, length);
    free(payload);
    (void)sprintf(answer, "%d", result);
}

/* recv H CAPACITY TIMEOUT; answers RESULT LEN FIN OPCODE PAYLOAD_LEN MS HEX */
static void do_recv(char *words[], char *answer)
{
    char buffer[4097];
    websock_msg_hdr_t header = {.fin = 7, .opcode = 7, .payload_len = 7};
    int length = atoi(words[2]);
    int capacity = length;
    memset(buffer, '#', sizeof buffer);
    long long begin = now_ms();
    int result = websock_recv(handle_of(words[1]), &header, buffer, &length, atoi(words[3]));
    answer += sprintf(answer, "%d %d %d %d %lld %lld ", result, length, header.fin, header.opcode,
                      header.payload_len, now_ms() - begin);
    if (capacity >= 0 && capacity < (int)sizeof buffer && buffer[capacity] != '#')
        (void)strcpy(answer, "overrun");
    else
        encode(answer, buffer, result > 0 ? result : 0);
}

/* bad: websock_recv() with each pointer missing */
static void do_bad(char *words[], char *answer)
{
    char buffer[8];
    websock_msg_hdr_t header;
    int length = sizeof buffer;
    websock_handle_t handle = handle_of(words[1]);
    int no_header = websock_recv(handle, NULL, buffer, &length, 0);
    length = sizeof buffer;
    int no_buffer = websock_recv(handle, &header, NULL, &length, 0);
    int no_length = websock_recv(handle, &header, buffer, NULL, 0);
    (void)sprintf(answer, "%d %d %d", no_header, no_buffer, no_length);
}

static void do_close(char *words[], char *answer)
{
    long long begin = now_ms();
    websock_close(handle_of(words[1]));
    (void)sprintf(answer, "closed %lld", now_ms() - begin);
}

/* ---------------------------------------------------------------------- handlers */

static void wait_for_release(void)
{
    (void)pthread_mutex_lock(&mutex);
    while (!released)
        (void)pthread_cond_wait(&release, &mutex);
    (void)pthread_mutex_unlock(&mutex);
}

static void do_release(char *answer)
{
    (void)pthread_mutex_lock(&mutex);
    released = true;
    (void)pthread_cond_broadcast(&release);
    (void)pthread_mutex_unlock(&mutex);
    (void)strcpy(answer, "released");
}

static void on_event(void *context, websock_cb_event_t event, websock_msg_hdr_t *header,
                     char *payload, int len)
{
    watch_t *watch = context;
    char answer[8192]; /* more than the longest piece needs */
    char bytes[64];
    websock_msg_hdr_t other;
    int length = sizeof bytes;
    int end;
    if (strcmp(watch->deed, "echo") == 0 && event == WEBSOCK_CB_EVENT_DATA)
        (void)websock_send_binary(watch->handle, payload, len);
    if (strcmp(watch->deed, "close") == 0)
        websock_close(watch->handle);
    end = sprintf(answer, "! %s %d %d %lld %d ", event == WEBSOCK_CB_EVENT_DATA ? "data" : "error",
                  header->fin, header->opcode, header->payload_len, len);
    if (strcmp(watch->deed, "recv") == 0)
        end += sprintf(answer + end, "%d ", websock_recv(watch->handle, &other, bytes, &length, 0));
    encode(answer + end, payload, len);
    say(answer);
    if (strcmp(watch->deed, "wait") == 0)
        wait_for_release();
}

/* handler H tell|echo|close|recv|wait|null */
static void do_handler(char *words[], char *answer)
{
    bool none = strcmp(words[2], "null") == 0;
    (void)pthread_mutex_lock(&mutex);
    watch_t *watch = &watches[next_watch++ % WATCHES]; /* the one before may be in use */
    (void)pthread_mutex_unlock(&mutex);
    watch->handle = handle_of(words[1]);
    (void)snprintf(watch->deed, sizeof watch->deed, "%s", words[2]);
    websock_set_event_handler(watch->handle, none ? NULL : on_event, watch);
    (void)strcpy(answer, "set");
}

/* ----------------------------------------------------------------------- threads */

static void obey(char *words[], int count, char *answer)
{
    send_t call = send_of(words[0]);
    if (call != NULL)
        do_send(call, words, count, answer);
    else if (strcmp(words[0], "open") == 0)
        do_open(words, count, answer);
    else if (strcmp(words[0], "none") == 0)
        (void)strcpy(answer, websock_open(NULL) == NULL ? "null" : "open");
    else if (strcmp(words[0], "many") == 0)
        do_many(words, answer);
    else if (strcmp(words[0], "recv") == 0)
        do_recv(words, answer);
    else if (strcmp(words[0], "bad") == 0)
        do_bad(words, answer);
    else if (strcmp(words[0], "close") == 0)
        do_close(words, answer);
    else if (strcmp(words[0], "handler") == 0)
        do_handler(words, answer);
    else if (strcmp(words[0], "release") == 0)
        do_release(answer);
    else
        (void)strcpy(answer, "what?");
}

static void *work(void *context)
{
    worker_t *self = context;
    char *line = malloc(LINE);
    char *answer = malloc(LINE);
    while (fgets(line, LINE, self->lines) != NULL) {
        char *words[WORDS + 1] = {0};
        char *rest = NULL;
        int count = 0;
        line[strcspn(line, "\n")] = '\0';
        /* an empty word is written as two spaces */
        for (char *at = line; at != NULL && count < WORDS; at = rest) {
            rest = strchr(at, ' ');
            if (rest != NULL)
                *rest++ = '\0';
            words[count++] = at;
        }
        answer[0] = self->name;
        answer[1] = ' ';
        obey(words, count, answer + 2);
        say(answer);
    }
    free(line);
    free(answer);
    return NULL;
}

static bool start(worker_t *worker, char name)
{
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    worker->name = name;
    worker->lines = fdopen(ends[0], "r");
    worker->told = fdopen(ends[1], "w");
    return pthread_create(&worker->id, NULL, work, worker) == 0;
}

int main(void)
{
    static worker_t workers[THREADS];
    static char line[LINE];
    for (int i = 0; i < THREADS; i++)
        if (!start(&workers[i], (char)('a' + i)))
            return 1;
    while (fgets(line, LINE, stdin) != NULL) {
        worker_t *worker = &workers[line[0] - 'a'];
        (void)fputs(line + 2, worker->told);
        (void)fflush(worker->told);
    }
    for (int i = 0; i < THREADS; i++) {
        (void)fclose(workers[i].told);
        (void)pthread_join(workers[i].id, NULL);
        (void)fclose(workers[i].lines);
    }
    return 0;
}

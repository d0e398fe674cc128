/* SPDX-License-Identifier: MIT */
/*
 * The page, in one piece: no other file is asked for. Path and origins hold no quotes,
 * spaces or angle brackets (RFC 3986, 3.3), so '&' is all that HTML wants escaped.
 */
#include "wss_page.h"

#include <string.h>

static const char before_path[] =
    "<!doctype html>\n"
    "<html lang=\"en\">\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<link rel=\"icon\" href=\"data:,\">\n"
    "<title>wss</title>\n"
    "<style>\n"
    ":root { color-scheme: light dark; --line: #8886; --accent: #0a7c66; }\n"
    "body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto;\n"
    "  padding: 0 1rem; }\n"
    "h1 { font-size: 1.4rem; margin: 0; }\n"
    "#state { color: var(--accent); margin: 0 0 1.5rem; }\n"
    "form { display: flex; gap: .5rem; }\n"
    "input, button { font: inherit; padding: .45rem .8rem; border-radius: .4rem;\n"
    "  border: 1px solid var(--line); }\n"
    "input { flex: 1; min-width: 0; }\n"
    "button { background: var(--accent); color: #fff; border-color: transparent; }\n"
    "button:disabled { opacity: .4; }\n"
    "ol { list-style: none; padding: 0; margin: 1.5rem 0; }\n"
    "li { border-bottom: 1px solid var(--line); padding: .4rem 0; display: flex; gap: .8rem;\n"
    "  white-space: pre-wrap; overflow-wrap: anywhere; }\n"
    "li::before { color: var(--accent); content: \"\\2190\"; }\n"
    "li.sent::before { content: \"\\2192\"; opacity: .5; }\n"
    "</style>\n"
    "<body data-path=\"";

static const char before_origins[] = "\" data-origins=\"";

static const char after_origins[] =
    "\">\n"
    "<h1>WebSocket echo</h1>\n"
    "<p id=\"state\" role=\"status\">Connecting.</p>\n"
    "<form id=\"form\">\n"
    "<input id=\"text\" aria-label=\"Message\" placeholder=\"Say something\" autocomplete=\"off\"\n"
    "  autofocus>\n"
    "<button id=\"send\" disabled>Send</button>\n"
    "</form>\n"
    "<ol id=\"log\" aria-live=\"polite\"></ol>\n"
    "<script>\n"
    "'use strict';\n"
    "const part = (id) => document.getElementById(id);\n"
    "const url = new URL(document.body.dataset.path, location.href);\n"
    "url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';\n"
    "function show(kind, text) {\n"
    "  const item = document.createElement('li');\n"
    "  const words = document.createElement('span');\n"
    "  item.className = kind;\n"
    "  words.textContent = text;\n"
    "  item.append(words);\n"
    "  part('log').prepend(item);\n"
    "}\n"
    "const origins = document.body.dataset.origins.toLowerCase().split(' ');\n"
    "const refused = origins[0] !== '' && !origins.includes(location.origin);\n"
    "let socket;\n"
    "function tell(state, button) {\n"
    "  part('state').textContent = state;\n"
    "  part('send').textContent = button;\n"
    "  part('send').disabled = socket.readyState === WebSocket.CONNECTING;\n"
    "}\n"
    "function ending(opened, code) {\n"
    "  if (opened) return 'Closed with ' + code + '.';\n"
    "  if (!refused) return 'No connection to ' + url.href + '.';\n"
    "  return 'Refused: this page is of ' + location.origin + ', and only pages of ' +\n"
    "    origins.join(', ') + ' are let in (--origin).';\n"
    "}\n"
    "function connect() {\n"
    "  let opened = false;\n"
    "  socket = new WebSocket(url);\n"
    "  tell('Connecting.', 'Send');\n"
    "  socket.onopen = () => { opened = true; tell('Connected to ' + url.href, 'Send'); };\n"
    "  socket.onmessage = (event) => show('received', event.data);\n"
    "  socket.onclose = (event) => tell(ending(opened, event.code), 'Reconnect');\n"
    "}\n"
    "part('form').onsubmit = (event) => {\n"
    "  event.preventDefault();\n"
    "  if (socket.readyState === WebSocket.CLOSED) connect();\n"
    "  if (socket.readyState !== WebSocket.OPEN) return;\n"
    "  socket.send(part('text').value);\n"
    "  show('sent', part('text').value);\n"
    "  part('text').value = '';\n"
    "};\n"
    "connect();\n"
    "</script>\n"
    "</html>\n";

typedef struct text {
    char *bytes;
    size_t length;
} text_t;

static void append(text_t *text, const char *bytes, size_t length)
{
    if (length <= WSS_PAGE_ROOM - text->length)
        memcpy(text->bytes + text->length, bytes, length);
    text->length = length <= WSS_PAGE_ROOM - text->length ? text->length + length : WSS_PAGE_ROOM;
}

static void append_escaped(text_t *text, const char *value)
{
    for (; *value != '\0'; value++) {
        if (*value == '&')
            append(text, "&amp;", 5);
        else
            append(text, value, 1);
    }
}

size_t wss_page_write(char *buffer, const char *path, const char *const *origins, size_t count)
{
    text_t text = {.bytes = buffer};

    append(&text, before_path, sizeof before_path - 1);
    append_escaped(&text, path);
    append(&text, before_origins, sizeof before_origins - 1);
    for (size_t i = 0; i < count; i++) {
        append(&text, " ", i > 0);
        append_escaped(&text, origins[i]);
    }
    append(&text, after_origins, sizeof after_origins - 1);
    return text.length < WSS_PAGE_ROOM ? text.length : 0;
}

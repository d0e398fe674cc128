/* SPDX-License-Identifier: MIT */
/* What one side sends and the other has of it: see line.h. */
#include "line.h"

#include "dice.h"

enum { LONGEST = 1500, SHORT = 130 };

static const char text[] = "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"; /* 1 to 4 bytes each */
enum { TEXT = sizeof text - 1 };

void line_begin(line_t *line, uint64_t seed)
{
    *line = (line_t){.seed = seed};
}

/* Most are short; text ends with a character. */
static line_message_t message(const line_t *line, uint32_t number)
{
    uint64_t drawn = dice_mix(line->seed, number);
    uint32_t most = (drawn & 7) < 6 ? SHORT : LONGEST;
    line_message_t message = {
        .type = (drawn & 8) != 0 ? WSS_OPCODE_TEXT : WSS_OPCODE_BINARY,
        .length = (uint32_t)(drawn >> 32) % (most + 1),
        .streamed = (drawn & 0x30) == 0,
    };
    if (message.type == WSS_OPCODE_TEXT)
        message.length -= message.length % TEXT;
    return message;
}

static uint8_t byte_at(const line_t *line, uint32_t number, wss_opcode_t type, uint32_t at)
{
    if (type == WSS_OPCODE_TEXT)
        return (uint8_t)text[at % TEXT];
    return (uint8_t)(dice_mix(line->seed + number, at / 8) >> at % 8 * 8);
}

line_message_t line_next(const line_t *line)
{
    return message(line, line->sent.number);
}

void line_fill(const line_t *line, uint8_t *bytes, uint32_t length)
{
    line_message_t next = line_next(line);
    for (uint32_t i = 0; i < length; i++)
        bytes[i] = byte_at(line, line->sent.number, next.type, line->sent.done + i);
}

static void go_on(line_place_t *place, uint32_t length, bool whole)
{
    place->done += length;
    if (whole)
        *place = (line_place_t){.number = place->number + 1};
}

void line_sent(line_t *line, uint32_t length, bool whole)
{
    line->begun = !whole;
    go_on(&line->sent, length, whole);
}

const char *line_got(line_t *line, const wss_data_t *data)
{
    line_message_t wanted = message(line, line->got.number);
    const line_place_t *got = &line->got;
    bool sent =
        got->number < line->sent.number || (got->number == line->sent.number && !data->last &&
                                            got->done + data->length <= line->sent.done);
    if (!sent)
        return "something came that was not sent";
    if (data->type != wanted.type)
        return "a message of another type came";
    if (data->first != (got->done == 0))
        return "it is not said which piece is the first";
    if (data->length > wanted.length - got->done)
        return "a message is too long";
    if (data->last && got->done + data->length != wanted.length)
        return "a message is too short";
    for (uint32_t i = 0; i < data->length; i++)
        if (data->bytes[i] != byte_at(line, line->got.number, wanted.type, line->got.done + i))
            return "a byte is wrong";
    go_on(&line->got, (uint32_t)data->length, data->last);
    return NULL;
}

/* SPDX-License-Identifier: MIT */
/*
 * Every call in every state of the specification. What the documents promise is that calls
 * work where the client is connected; which states these are, the specification says.
 */
#include "places.h"
#include "sys_wss_service.h"

#include "wss_names.h"

#include <stdio.h>
#include <string.h>

enum { MUCH = SYS_WSS_MAX_TX_BUFFER + 1 };

static uint8_t much[MUCH];

/* A call and what it returns where its client is connected, and elsewhere. */
typedef struct call {
    const char *name;
    SYS_WSS_RESULT (*make)(void);
    SYS_WSS_RESULT connected;
    SYS_WSS_RESULT elsewhere;
} call_t;

#define CALL(name, expression)                                                                     \
    static SYS_WSS_RESULT name(void)                                                               \
    {                                                                                              \
        return expression;                                                                         \
    }

CALL(send_text, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, (uint8_t *)"a", 1, 0))
CALL(send_binary, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_BINARY, (uint8_t *)"a", 1, 0))
CALL(send_fragment, SYS_WSS_sendMessage(false, SYS_WSS_FRAME_TEXT, (uint8_t *)"a", 1, 0))
CALL(send_nothing, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, NULL, 0, 0))
CALL(send_all, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, (uint8_t *)"a", 1, -1))
CALL(send_all_least, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, (uint8_t *)"a", 1, INT32_MIN))
CALL(send_most, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_BINARY, much, MUCH - 1, 0))
CALL(send_too_much, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_BINARY, much, MUCH, 0))
CALL(send_far_too_much, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_BINARY, much, SIZE_MAX, 0))
CALL(send_null, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, NULL, 1, 0))
CALL(send_null_to_all, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, NULL, 1, -1))
CALL(send_beyond, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, (uint8_t *)"a", 1, SYS_WSS_STREAMS))
CALL(send_far_beyond, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, (uint8_t *)"a", 1, INT32_MAX))
CALL(send_no_utf8, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, (uint8_t *)"\xff", 1, 0))
CALL(send_lone_continuation,
     SYS_WSS_sendMessage(true, SYS_WSS_FRAME_CONTINUATION, (uint8_t *)"a", 1, 0))
CALL(send_as_ping, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_PING, (uint8_t *)"a", 1, 0))
CALL(send_as_close, SYS_WSS_sendMessage(true, SYS_WSS_FRAME_CLOSE, (uint8_t *)"a", 1, 0))
CALL(send_as_3, SYS_WSS_sendMessage(true, (SYS_WSS_FRAME)3, (uint8_t *)"a", 1, 0))
CALL(ping, SYS_WSS_PingClient((uint8_t *)"a", 1, 0))
CALL(ping_empty, SYS_WSS_PingClient(NULL, 0, 0))
CALL(ping_most, SYS_WSS_PingClient(much, 125, 0))
CALL(ping_too_much, SYS_WSS_PingClient(much, 126, 0))
CALL(ping_null, SYS_WSS_PingClient(NULL, 1, 0))
CALL(ping_beyond, SYS_WSS_PingClient(NULL, 0, SYS_WSS_STREAMS))
CALL(ping_all, SYS_WSS_PingClient(NULL, 0, -1))
CALL(close_one, SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_NORMAL_CLOSURE, NULL, 0, 0))
CALL(close_private, SYS_WSS_CloseConnection((SYS_WSS_STATUS_CODE)4000, (uint8_t *)"a", 1, 0))
CALL(close_most, SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_GOING_AWAY, much, 123, 0))
CALL(close_too_much, SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_GOING_AWAY, much, 124, 0))
CALL(close_no_utf8,
     SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_GOING_AWAY, (uint8_t *)"\xff", 1, 0))
CALL(close_null, SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_GOING_AWAY, NULL, 1, 0))
CALL(close_beyond,
     SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_GOING_AWAY, NULL, 0, SYS_WSS_STREAMS))
CALL(close_all, SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_GOING_AWAY, NULL, 0, -1))
CALL(close_1005, SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_NO_STATUS_RCVD, NULL, 0, 0))
CALL(close_1006, SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_ABNORMAL_CLOSURE, NULL, 0, 0))
CALL(close_1015, SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_TLS_HANDSHAKE, NULL, 0, 0))
CALL(close_0, SYS_WSS_CloseConnection((SYS_WSS_STATUS_CODE)0, NULL, 0, 0))
CALL(close_66536, SYS_WSS_CloseConnection((SYS_WSS_STATUS_CODE)66536, NULL, 0, 0))
CALL(register_null, SYS_WSS_register_callback(NULL, NULL))
CALL(step, (SYS_WSS_RESULT)SYS_WSS_Task(0))
CALL(step_object, (SYS_WSS_RESULT)SYS_WSS_Task((SYS_MODULE_OBJ)g_wssSrvcObj))

static SYS_WSS_RESULT initialize_again(void)
{
    return SYS_WSS_Initialize(NULL, NULL, NULL) == (SYS_MODULE_OBJ)g_wssSrvcObj ? SYS_WSS_SUCCESS
                                                                                : SYS_WSS_FAILURE;
}

static SYS_WSS_RESULT initialize_otherwise(void)
{
    SYS_WSS_CONFIG config = {.port = RIG_PORT};
    return SYS_WSS_Initialize(&config, NULL, NULL) == SYS_MODULE_OBJ_INVALID ? SYS_WSS_FAILURE
                                                                             : SYS_WSS_SUCCESS;
}

#define OK  SYS_WSS_SUCCESS
#define NO  SYS_WSS_FAILURE
#define BAD SYS_WSS_ERROR_INVALID_FRAME
#define ROW(name, connected, elsewhere)                                                            \
    {                                                                                              \
#name, name, connected, elsewhere                                                          \
    }

static const call_t calls[] = {
    ROW(send_text, OK, NO),
    ROW(send_binary, OK, NO),
    ROW(send_fragment, OK, NO),
    ROW(send_nothing, OK, NO),
    ROW(send_all, OK, OK),
    ROW(send_all_least, OK, OK),
    ROW(send_most, OK, NO),
    ROW(send_too_much, NO, NO),
    ROW(send_far_too_much, NO, NO),
    ROW(send_null, NO, NO),
    ROW(send_null_to_all, NO, NO),
    ROW(send_beyond, NO, NO),
    ROW(send_far_beyond, NO, NO),
    ROW(send_no_utf8, BAD, NO),
    ROW(send_lone_continuation, BAD, NO),
    ROW(send_as_ping, BAD, BAD),
    ROW(send_as_close, BAD, BAD),
    ROW(send_as_3, BAD, BAD),
    ROW(ping, OK, NO),
    ROW(ping_empty, OK, NO),
    ROW(ping_most, OK, NO),
    ROW(ping_too_much, BAD, NO),
    ROW(ping_null, NO, NO),
    ROW(ping_beyond, NO, NO),
    ROW(ping_all, OK, OK),
    ROW(close_one, OK, NO),
    ROW(close_private, OK, NO),
    ROW(close_most, OK, NO),
    ROW(close_too_much, BAD, NO),
    ROW(close_no_utf8, BAD, NO),
    ROW(close_null, NO, NO),
    ROW(close_beyond, NO, NO),
    ROW(close_all, OK, OK),
    ROW(close_1005, BAD, NO),
    ROW(close_1006, BAD, NO),
    ROW(close_1015, BAD, NO),
    ROW(close_0, BAD, BAD),
    ROW(close_66536, BAD, BAD),
    ROW(register_null, NO, NO),
    ROW(step, OK, OK),
    ROW(step_object, OK, OK),
    ROW(initialize_again, OK, OK),
    ROW(initialize_otherwise, NO, NO),
};

enum { CALLS = sizeof calls / sizeof calls[0] };

static SYS_WSS_RESULT expected(const call_t *call, wss_connection_state_t state)
{
    bool connected = place_machine()->states[state].public_state == WSS_CONNECTED;
    return connected ? call->connected : call->elsewhere;
}

static void compare(const char *where, const call_t *call, SYS_WSS_RESULT wanted)
{
    SYS_WSS_RESULT result = call->make();
    if (result != wanted)
        ck_abort_msg("%s in %s: %d instead of %d", call->name, where, (int)result, (int)wanted);
}

static void fill(void)
{
    memset(much, 'a', sizeof much);
}

static const char *name_of(wss_connection_state_t state)
{
    return wss_state_name(place_machine()->id, state);
}

START_TEST(every_call_in_every_state)
{
    const place_t *place = &places[_i];
    fill();
    for (unsigned i = 0; place->go != NULL && i < CALLS; i++) {
        rig_begin();
        place->go();
        ck_assert_str_eq(name_of(place_now()), name_of(place->state));
        compare(name_of(place->state), &calls[i], expected(&calls[i], place->state));
        rig_settle();
        rig_end();
    }
}
END_TEST

/* The states of this role are those that rows lead to or that are timed: none is forgotten. */
START_TEST(every_state_of_the_specification_has_its_place)
{
    const wss_machine_t *machine = place_machine();
    unsigned found = 0;
    for (unsigned state = 0; state < machine->state_count; state++) {
        bool known = false;
        bool used = state == WSS_ST_CLOSED || machine->first[state] != machine->first[state + 1];
        for (unsigned i = 0; i < place_count; i++)
            known = known || places[i].state == state;
        ck_assert_msg(known == used, "%s", name_of((wss_connection_state_t)state));
        found += known;
    }
    ck_assert_uint_eq(found, place_count);
    for (unsigned i = 0; i < place_count; i++)
        ck_assert_int_ne(places[i].go == NULL, places[i].impossible == NULL);
}
END_TEST

START_TEST(every_call_without_a_service)
{
    fill();
    for (unsigned i = 0; i < CALLS; i++)
        if (calls[i].make != initialize_again && calls[i].make != initialize_otherwise)
            compare("no service", &calls[i], calls[i].elsewhere == BAD ? BAD : SYS_WSS_FAILURE);
    SYS_WSS_Deinitialize();
    SYS_WSS_Deinitialize();
}
END_TEST

START_TEST(a_callback_may_be_registered_at_any_time)
{
    ck_assert_int_eq(SYS_WSS_register_callback(rig_callback, NULL), SYS_WSS_SUCCESS);
    rig_start(NULL);
    ck_assert_int_eq(SYS_WSS_register_callback(rig_callback, NULL), SYS_WSS_SUCCESS);
    rig_end();
}
END_TEST

Suite *rig_suite(void)
{
    Suite *result = suite_create("sys_wss calls");
    TCase *tests = tcase_create("calls");
    unsigned reached = 0;
    for (unsigned i = 0; i < place_count; i++)
        reached += places[i].go != NULL;
    printf("%d calls in each of %u states\n", CALLS, reached);
    tcase_add_loop_test(tests, every_call_in_every_state, 0, (int)place_count);
    tcase_add_test(tests, every_state_of_the_specification_has_its_place);
    tcase_add_test(tests, every_call_without_a_service);
    tcase_add_test(tests, a_callback_may_be_registered_at_any_time);
    suite_add_tcase(result, tests);
    return result;
}

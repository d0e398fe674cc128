/* SPDX-License-Identifier: MIT */
/*
 * The platform: configuration, time, entropy, the link, tasks, addresses as text.
 */
#include "rig.h"
#include "wss_pic32_internal.h"

#include <pthread.h>
#include <string.h>

static void open_all(void)
{
    const wss_pic32_config_t config = rig_config();

    harmony_begin();
    rig_open(&config);
}

START_TEST(config_is_checked)
{
    wss_pic32_t other;
    wss_hal_t unused;
    wss_pic32_config_t config = rig_config();

    harmony_begin();
    config.streams = NULL;
    ck_assert_int_eq(wss_pic32_init(&other, &config, &unused), WSS_ERR_CONFIG);
    config = rig_config();
    config.stream_count = 0;
    ck_assert_int_eq(wss_pic32_init(&other, &config, &unused), WSS_ERR_CONFIG);
    config = rig_config();
    config.send_room = UINT16_MAX;
    ck_assert_int_eq(wss_pic32_init(&other, &config, &unused), WSS_ERR_CONFIG);
#if WSS_PIC32_RTOS
    config = rig_config();
    harmony.no_mutex = true;
    ck_assert_int_eq(wss_pic32_init(&other, &config, &unused), WSS_ERR_FULL);
#endif
}
END_TEST

START_TEST(time_does_not_jump)
{
    open_all();
    for (unsigned shift = 0; shift < 63; shift++) {
        harmony.count_offset = UINT64_C(1) << shift;
        const uint32_t before = hal.now(hal.context);
        harmony.count_offset += UINT64_C(5000000) * (HARMONY_FREQUENCY / 1000);
        const uint32_t passed = hal.now(hal.context) - before;
        ck_assert_uint_ge(passed, 5000000);
        ck_assert_uint_lt(passed, 5060000);
    }
    harmony.count_offset = 0;
    rig_close();
}
END_TEST

START_TEST(entropy_can_fail)
{
    uint8_t bytes[16];

    open_all();
    harmony.random_fails = true;
    ck_assert_int_eq(hal.entropy(hal.context, bytes, sizeof bytes), WSS_ERR_ENTROPY);
    rig_close();
}
END_TEST

START_TEST(the_link_is_reported_when_it_changes)
{
    wss_ready_t ready[2];

    open_all();
    ck_assert_int_eq(hal.wait(hal.context, 0, ready, 2), 0);
    for (int down = 1; down >= 0; down--) {
        harmony.link_down = down == 1;
        ck_assert_int_eq(hal.wait(hal.context, 0, ready, 2), 1);
        ck_assert_uint_eq(ready[0].what, WSS_READY_LINK);
        ck_assert_ptr_null(ready[0].owner);
        ck_assert(hal.link_up(hal.context) == (down == 0));
        ck_assert_int_eq(hal.wait(hal.context, 0, ready, 2), 0);
    }
    rig_close();
}
END_TEST

#if WSS_PIC32_RTOS

static wss_stream_t *shared;
static int owner;

static void *send_from_task(void *unused)
{
    hal.lock(hal.context);
    ck_assert_int_eq(shared->ops->send(shared, (const uint8_t *)"task", 4), 4);
    (void)shared->ops->flush(shared);
    shared->ops->watch(shared, WSS_READY_READ | WSS_READY_WRITE);
    hal.unlock(hal.context);
    return unused;
}

START_TEST(another_task_sends_during_wait)
{
    pthread_t task;
    wss_ready_t ready[1];
    char text[8];

    open_all();
    const int peer = port.call(rig_listen(), false);
    shared = rig_accept(&owner);
    ck_assert_int_eq(pthread_create(&task, NULL, send_from_task, NULL), 0);
    while (hal.wait(hal.context, WSS_FOREVER, ready, 1) == 0)
        continue;
    ck_assert_ptr_eq(ready[0].owner, &owner);
    ck_assert_uint_eq(ready[0].what, WSS_READY_WRITE);
    ck_assert_int_eq(pthread_join(task, NULL), 0);
    ck_assert_int_eq(rig_peer_next(peer, text, sizeof text), 4);
    rig_close();
}
END_TEST

static void *wake_from_task(void *unused)
{
    hal.wake(hal.context);
    return unused;
}

START_TEST(another_task_wakes)
{
    pthread_t task;
    wss_ready_t ready[1];

    open_all();
    ck_assert_int_eq(pthread_create(&task, NULL, wake_from_task, NULL), 0);
    ck_assert_int_eq(hal.wait(hal.context, WSS_FOREVER, ready, 1), 0);
    ck_assert_int_eq(pthread_join(task, NULL), 0);
    rig_close();
}
END_TEST

#else

/* The stack's tasks run in the same main loop: a wait would never end. */
START_TEST(without_a_pause_wait_looks_once)
{
    wss_ready_t ready[1];
    wss_pic32_config_t config = rig_config();

    harmony_begin();
    config.pause = NULL;
    rig_open(&config);
    ck_assert(hal.lock == NULL);
    ck_assert_int_eq(hal.wait(hal.context, WSS_FOREVER, ready, 1), 0);
    rig_close();
}
END_TEST

#endif

START_TEST(addresses_are_written)
{
    TCP_SOCKET_INFO info = {.addressType = IP_ADDRESS_TYPE_IPV4, .remotePort = 65535};
    char text[64];

    memcpy(&info.remoteIPaddress, "\xC0\x00\x02\x01", 4);
    wss_pic32_address_write(&info, text, sizeof text);
    ck_assert_str_eq(text, "192.0.2.1:65535");
    wss_pic32_address_write(&info, text, 8);
    ck_assert_str_eq(text, "192.0.2");
    info.addressType = IP_ADDRESS_TYPE_IPV6;
    info.remotePort = 80;
    memcpy(&info.remoteIPaddress, "\x20\x01\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\x01", 16);
    wss_pic32_address_write(&info, text, sizeof text);
    ck_assert_str_eq(text, "[2001:db8:0:0:0:0:0:1]:80");
}
END_TEST

void system_cases(TCase *cases)
{
    tcase_add_test(cases, config_is_checked);
    tcase_add_test(cases, time_does_not_jump);
    tcase_add_test(cases, entropy_can_fail);
    tcase_add_test(cases, the_link_is_reported_when_it_changes);
#if WSS_PIC32_RTOS
    tcase_add_test(cases, another_task_sends_during_wait);
    tcase_add_test(cases, another_task_wakes);
#else
    tcase_add_test(cases, without_a_pause_wait_looks_once);
#endif
    tcase_add_test(cases, addresses_are_written);
}

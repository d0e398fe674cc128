/* SPDX-License-Identifier: MIT */
/*
 * SYS_WSS as a client: what it makes of SYS_WSS_HOST_NAME, which is a constant, and so built once
 * for each. RIG_CALLED: where it calls; HOSTS_FIELD: the Host field (RFC 9110, 7.2), or "" where
 * the name is none.
 */
#include "rig.h"

#include <string.h>

static char request[1024];

START_TEST(the_host_is_told)
{
    rig_begin();
    ck_assert_uint_eq(wss_sim_peer_listen(&rig_sim, RIG_CALLED), RIG_CALLED);
    rig_initialize(NULL);
    ck_assert_ptr_nonnull(rig_asked(request, sizeof request));
    ck_assert_ptr_nonnull(strstr(request, "GET /feed HTTP/1.1\r\n"));
    ck_assert_ptr_nonnull(strstr(request, "\r\nHost: " HOSTS_FIELD "\r\n"));
    ck_assert_ptr_null(strstr(request, "Authorization"));
}
END_TEST

START_TEST(a_name_that_is_none_is_refused)
{
    rig_begin();
    ck_assert_uint_eq(SYS_WSS_Initialize(NULL, NULL, NULL), SYS_MODULE_OBJ_INVALID);
}
END_TEST

Suite *rig_suite(void)
{
    Suite *suite = suite_create("hosts");
    TCase *hosts = tcase_create("hosts");
    if (HOSTS_FIELD[0] != '\0')
        tcase_add_test(hosts, the_host_is_told);
    else
        tcase_add_test(hosts, a_name_that_is_none_is_refused);
    suite_add_tcase(suite, hosts);
    return suite;
}

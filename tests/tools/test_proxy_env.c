/* SPDX-License-Identifier: MIT */
/*
 * Which proxy an environment asks for: environments as tables. The variables are those of
 * the case, never the machine's.
 */
#include "wss_proxy_env.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

enum { VARIABLES = 4 };

static const char *const *variables; /* "name=value", NULL at the end */

static char *get(const char *name)
{
    const size_t length = strlen(name);

    for (int i = 0; i < VARIABLES && variables[i] != NULL; i++)
        if (strncmp(variables[i], name, length) == 0 && variables[i][length] == '=')
            return strchr(variables[i], '=') + 1;
    return NULL;
}

/* The same whether TLS is asked of the port or stands above it. */
static const char *chosen(wss_proxy_env_t *env, const char *host, bool secure, char text[512])
{
    const wss_dial_t whom = {.host = host, .port = 1, .secure = secure};
    const wss_dial_t below = {.host = host, .port = 1, .tls_above = secure};
    const wss_proxy_t *proxy = wss_proxy_env_choose(env, &whom);

    ck_assert_ptr_eq(wss_proxy_env_choose(env, &below), proxy);
    (void)snprintf(text, 512, "-");
    if (proxy != NULL)
        (void)snprintf(text, 512, "%s %u%s%s", proxy->host, (unsigned)proxy->port,
                       proxy->authorization[0] == '\0' ? "" : " ", proxy->authorization);
    return text;
}

static const struct {
    const char *variables[VARIABLES];
    const char *plain;
    const char *secure;
} environments[] = {
    {{NULL}, "-", "-"},
    {{"http_proxy=http://p:8080"}, "p 8080", "-"},
    {{"http_proxy=p:8080/"}, "p 8080", "-"},
    {{"http_proxy=p"}, "p 1080", "-"},
    {{"http_proxy=http://P.example./"}, "p.example. 1080", "-"},
    {{"HTTP_PROXY=p:1"}, "-", "-"},
    {{"https_proxy=p:1"}, "-", "p 1"},
    {{"HTTPS_PROXY=p:1"}, "-", "p 1"},
    {{"https_proxy=p:1", "HTTPS_PROXY=q:2"}, "-", "p 1"},
    {{"https_proxy=", "HTTPS_PROXY=q:2"}, "-", "q 2"},
    {{"all_proxy=p:1"}, "p 1", "p 1"},
    {{"ALL_PROXY=p:1", "http_proxy=q:2"}, "q 2", "p 1"},
    {{"ALL_PROXY=p:1", "all_proxy=q:2"}, "q 2", "q 2"},
    {{"ws_proxy=p:1", "wss_proxy=q:2", "http_proxy=r:3", "https_proxy=r:3"}, "p 1", "q 2"},
    {{"WS_PROXY=p:1", "WSS_PROXY=q:2"}, "p 1", "q 2"},
    {{"http_proxy=http://u:p%40@[::1]:3"}, "::1 3 Basic dTpwQA==", "-"},
    {{"http_proxy=u:p@h:3"}, "h 3 Basic dTpw", "-"},
    {{"all_proxy=p:1", "no_proxy=far.example"}, "-", "-"},
    {{"all_proxy=p:1", "no_proxy=", "NO_PROXY=far.example"}, "-", "-"},
    {{"all_proxy=p:1", "no_proxy=other", "NO_PROXY=far.example"}, "p 1", "p 1"},
};

START_TEST(environments_choose)
{
    wss_proxy_env_t env;
    char text[512];

    variables = environments[_i].variables;
    ck_assert_int_eq(wss_proxy_env_read(&env, get), WSS_OK);
    ck_assert_str_eq(chosen(&env, "far.example", false, text), environments[_i].plain);
    ck_assert_str_eq(chosen(&env, "far.example", true, text), environments[_i].secure);
}
END_TEST

static const struct {
    const char *url;
    const char *variables[VARIABLES];
    const char *far;
    const char *near;
} given[] = {
    {"http://q:2", {"all_proxy=p:1"}, "q 2", "q 2"},
    {"u:p@q:2", {NULL}, "q 2 Basic dTpw", "q 2 Basic dTpw"},
    {"q:2", {"http_proxy=nonsense://", "no_proxy=near.example"}, "q 2", "-"},
    {"", {"all_proxy=p:1"}, "-", "-"},
};

START_TEST(a_given_proxy_replaces_the_variables)
{
    wss_proxy_env_t env;
    char text[512];

    variables = given[_i].variables;
    ck_assert_int_eq(wss_proxy_env_use(&env, given[_i].url, get), WSS_OK);
    for (int secure = 0; secure < 2; secure++) {
        ck_assert_str_eq(chosen(&env, "far.example", secure != 0, text), given[_i].far);
        ck_assert_str_eq(chosen(&env, "near.example", secure != 0, text), given[_i].near);
    }
}
END_TEST

START_TEST(a_wrong_given_proxy_is_refused)
{
    static const char *const none[] = {NULL};
    wss_proxy_env_t env;

    variables = none;
    ck_assert_int_eq(wss_proxy_env_use(&env, "https://p", get), WSS_ERR_UNSUPPORTED);
    ck_assert_str_eq(env.variable, "--proxy");
}
END_TEST

static const struct {
    const char *list;
    const char *host;
    bool direct;
} lists[] = {
    {"*", "any.example", true},
    {"a, *", "any.example", true},
    {"*.example", "any.example", false},
    {"example", "example", true},
    {"EXAMPLE", "Example", true},
    {"example", "a.example", true},
    {"example", "anexample", false},
    {"example", "example.org", false},
    {".example", "example", true},
    {".example", "a.b.example", true},
    {".example", "anexample", false},
    {"example.", "a.example", true},
    {"example", "a.example.", true},
    {"a.example", "example", false},
    {"x,example", "example", true},
    {"x example", "example", true},
    {" , x ,, example , ", "example", true},
    {"x,y", "example", false},
    {",", "example", false},
    {".", "example", false},
    {"...", "example", false},
    {"example:8080", "a.example", true},
    {"127.0.0.1", "127.0.0.1", true},
    {"127.0.0.1:80", "127.0.0.1", true},
    {"0.0.1", "127.0.0.1", false},
    {"::1", "::1", true},
    {"[::1]", "::1", true},
    {"[::1]:80", "::1", true},
    {"[::1", "::1", true},
    {"::1", "fe80::1", false},
    {"1", "fe80::1", false},
    {"2001:DB8::1", "2001:db8::1", true},
    {"localhost", "localhost", true},
};

START_TEST(lists_decide)
{
    static const char proxy[] = "all_proxy=p:1";
    const char *set[VARIABLES] = {proxy, NULL};
    char list[64];
    char text[512];
    wss_proxy_env_t env;

    (void)snprintf(list, sizeof list, "no_proxy=%s", lists[_i].list);
    set[1] = list;
    variables = set;
    ck_assert_int_eq(wss_proxy_env_read(&env, get), WSS_OK);
    ck_assert_str_eq(chosen(&env, lists[_i].host, false, text), lists[_i].direct ? "-" : "p 1");
}
END_TEST

static const struct {
    const char *variables[VARIABLES];
    const char *variable;
    wss_result_t result;
    size_t offset;
} wrong[] = {
    {{"http_proxy=socks5://p:1"}, "http_proxy", WSS_ERR_UNSUPPORTED, 0},
    {{"https_proxy=https://p:1"}, "https_proxy", WSS_ERR_UNSUPPORTED, 0},
    {{"http_proxy=p:1", "ALL_PROXY=http://p:0"}, "ALL_PROXY", WSS_ERR_ADDRESS, 9},
    {{"http_proxy=p q"}, "http_proxy", WSS_ERR_TEXT, 8},
    {{"http_proxy=u%0A:p@h"}, "http_proxy", WSS_ERR_TEXT, 0},
};

START_TEST(wrong_variables_are_named)
{
    wss_proxy_env_t env;

    variables = wrong[_i].variables;
    ck_assert_int_eq(wss_proxy_env_read(&env, get), wrong[_i].result);
    ck_assert_str_eq(env.variable, wrong[_i].variable);
    ck_assert_uint_eq(env.error.offset, wrong[_i].offset);
    ck_assert_int_eq(env.error.result, wrong[_i].result);
    ck_assert_str_ne(env.error.reason, "");
}
END_TEST

START_TEST(a_long_proxy_is_refused)
{
    static char value[2048] = "http_proxy=p/";
    const char *set[VARIABLES] = {value, NULL};
    wss_proxy_env_t env;

    memset(value + 13, 'x', sizeof value - 14);
    variables = set;
    ck_assert_int_eq(wss_proxy_env_read(&env, get), WSS_ERR_TOO_BIG);
    ck_assert_str_eq(env.error.reason, "The proxy's URL is too long.");
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("proxy_env");
    TCase *cases = tcase_create("proxy_env");

    tcase_add_loop_test(cases, environments_choose, 0, COUNT(environments));
    tcase_add_loop_test(cases, a_given_proxy_replaces_the_variables, 0, COUNT(given));
    tcase_add_test(cases, a_wrong_given_proxy_is_refused);
    tcase_add_loop_test(cases, lists_decide, 0, COUNT(lists));
    tcase_add_loop_test(cases, wrong_variables_are_named, 0, COUNT(wrong));
    tcase_add_test(cases, a_long_proxy_is_refused);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}

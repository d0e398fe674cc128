/* SPDX-License-Identifier: MIT */
/* What sys_wss_page shows to browsers. */
extern const char test_page[];

const char test_page[] = "<!doctype html>\n<title>page</title>\n";

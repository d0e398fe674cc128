/* SPDX-License-Identifier: MIT */
/* In the place of Harmony's user.h. */

/* SPDX-License-Identifier: MIT */
/*
 * Of Harmony's header of this name, what the PIC32MZ W1 port uses.
 */
#ifndef HARMONY_SYS_RANDOM_H
#define HARMONY_SYS_RANDOM_H

#include <stddef.h>

size_t SYS_RANDOM_CryptoBlockGet(void *buffer, size_t bufferSize);

#endif

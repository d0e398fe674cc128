/* SPDX-License-Identifier: MIT */
/* A stream on a stream, as PROXY and TLS will be: it is up when the script says so. */
#ifndef LAYER_H
#define LAYER_H

#include "wss/wss_hal.h"

/* Puts the layer over the streams that `hal` accepts from now on. */
void layer_over(wss_hal_t *hal);

/* What becomes of the stream accepted last. */
void layer_set(wss_phase_t phase);

#endif

# SPDX-License-Identifier: MIT
#
# Ragel's style causes these warnings, in its own output (wss_http_scanner.c) alone.

set(WSS_SCANNER_OPTIONS
  -Wno-unused-const-variable
  -Wno-implicit-fallthrough
  -Wno-conversion
  -Wno-unused-label
  -Wno-unused-but-set-variable)

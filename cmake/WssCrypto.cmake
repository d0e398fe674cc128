# SPDX-License-Identifier: MIT
#
# Whether the cryptography on mbedTLS is built: sets WSS_WITH_MBEDTLS. MbedTLS::mbedcrypto
# may come from the project that adds us; otherwise it is looked for, but by AUTO not where
# there is no system to look in: a bare-metal toolchain would find this machine's.

set(WSS_WITH_MBEDTLS OFF)
if(WSS_CRYPTO_MBEDTLS)
  if(NOT TARGET MbedTLS::mbedcrypto AND (UNIX OR NOT WSS_CRYPTO_MBEDTLS STREQUAL "AUTO"))
    find_package(MbedTLS QUIET)
  endif()
  if(TARGET MbedTLS::mbedcrypto)
    set(WSS_WITH_MBEDTLS ON)
  elseif(WSS_CRYPTO_MBEDTLS STREQUAL "AUTO")
    message(STATUS "wss: mbedTLS was not found, so there is no wss::crypto_mbedtls (Debian: libmbedtls-dev)")
  else()
    message(FATAL_ERROR "wss: WSS_CRYPTO_MBEDTLS is ON, but mbedTLS was not found (Debian: libmbedtls-dev)")
  endif()
endif()

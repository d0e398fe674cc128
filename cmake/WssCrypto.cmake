# SPDX-License-Identifier: MIT
#
# Whether the cryptography on mbedTLS is built, and TLS: sets WSS_WITH_MBEDTLS and WSS_WITH_TLS.
# MbedTLS::mbedcrypto and MbedTLS::mbedtls may come from the project that adds us; otherwise
# they are looked for, but by AUTO not where there is no system to look in: a bare-metal
# toolchain would find this machine's.

set(WSS_WITH_MBEDTLS OFF)
if(WSS_MBEDTLS_SOURCE)
  include(WssMbedTLS)
endif()
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

set(WSS_WITH_TLS OFF)
if(WSS_WITH_MBEDTLS AND WSS_TLS AND TARGET MbedTLS::mbedtls)
  set(WSS_WITH_TLS ON)
endif()

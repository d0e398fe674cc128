# SPDX-License-Identifier: MIT
#
# Builds mbedTLS from the source tree WSS_MBEDTLS_SOURCE, 2.28 or 3.6, in one static library, with
# the settings of WSS_MBEDTLS_CONFIG, and of WSS_MBEDTLS_DEFINITIONS beside them. Defines
# MbedTLS::mbedcrypto, MbedTLS::mbedx509 and MbedTLS::mbedtls.

set(WSS_MBEDTLS_CONFIG "${PROJECT_SOURCE_DIR}/tls/firmware/mbedtls_config.h"
  CACHE FILEPATH "Settings for WSS_MBEDTLS_SOURCE; empty: those of the tree")
set(WSS_MBEDTLS_DEFINITIONS "" CACHE STRING "Macros for them, such as WSS_MBEDTLS_RSA=1, as a list")

if(NOT EXISTS "${WSS_MBEDTLS_SOURCE}/library/ssl_tls.c")
  message(FATAL_ERROR "wss: WSS_MBEDTLS_SOURCE is not a source tree of mbedTLS: ${WSS_MBEDTLS_SOURCE}")
endif()

file(GLOB sources CONFIGURE_DEPENDS "${WSS_MBEDTLS_SOURCE}/library/*.c")
add_library(wss_mbedtls STATIC ${sources})
set_target_properties(wss_mbedtls PROPERTIES C_EXTENSIONS ON)
target_include_directories(wss_mbedtls SYSTEM
  PUBLIC "${WSS_MBEDTLS_SOURCE}/include"
  PRIVATE "${WSS_MBEDTLS_SOURCE}/library")
if(WSS_MBEDTLS_CONFIG)
  target_compile_definitions(wss_mbedtls PUBLIC "MBEDTLS_CONFIG_FILE=\"${WSS_MBEDTLS_CONFIG}\"")
endif()
target_compile_definitions(wss_mbedtls PUBLIC ${WSS_MBEDTLS_DEFINITIONS})
foreach(part IN ITEMS crypto x509 tls)
  add_library(MbedTLS::mbed${part} ALIAS wss_mbedtls)
endforeach()

# SPDX-License-Identifier: MIT
#
# Builds lwIP from the source tree WSS_LWIP_SOURCE (scripts/get-lwip fetches one).
#
#   wss_add_lwip_stack(NAME FOLDER...)
#
# makes the library NAME. FOLDER are those of lwipopts.h and arch/cc.h; settings are the library's
# compile definitions. The compiler's warnings are lwIP's affair.

get_filename_component(lwip_fetched "${CMAKE_CURRENT_LIST_DIR}/../build-lwip" ABSOLUTE)
set(WSS_LWIP_SOURCE "${lwip_fetched}" CACHE PATH "A source tree of lwIP 2.1 or later")

function(wss_add_lwip_stack name)
  if(NOT EXISTS "${WSS_LWIP_SOURCE}/src/core/tcp.c")
    message(FATAL_ERROR "wss: WSS_LWIP_SOURCE is not a source tree of lwIP (scripts/get-lwip fetches one): "
                        "${WSS_LWIP_SOURCE}")
  endif()
  set(src "${WSS_LWIP_SOURCE}/src")
  file(GLOB sources CONFIGURE_DEPENDS "${src}/core/*.c" "${src}/core/ipv4/*.c" "${src}/core/ipv6/*.c")
  add_library(${name} STATIC ${sources} "${src}/netif/ethernet.c" "${src}/api/tcpip.c" "${src}/api/err.c")
  set_target_properties(${name} PROPERTIES C_EXTENSIONS ON)
  target_include_directories(${name} SYSTEM PUBLIC ${ARGN} "${src}/include")
endfunction()

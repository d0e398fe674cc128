# SPDX-License-Identifier: MIT
#
# What Kconfig has chosen, from the variables CONFIG_WSS_* that Zephyr and ESP-IDF make of it.
# Needs CMake 3.20, as they do.

get_filename_component(WSS_ROOT "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
include("${CMAKE_CURRENT_LIST_DIR}/WssSources.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/WssScanner.cmake")

# wss_kconfig_parts(SOURCES INCLUDES): the sources of what is chosen, and the folders of its public
# headers. Sets the options of the scanner's source in the caller's folder.
function(wss_kconfig_parts sources includes)
  set(files ${WSS_RUNTIME_SOURCES} ${WSS_GENERATED_FILES})
  set(folders include generated)
  if(CONFIG_WSS_PORT_LWIP)
    list(APPEND files ${WSS_LWIP_SOURCES})
    list(APPEND folders hal/lwip)
  endif()
  if(CONFIG_WSS_CRYPTO_MBEDTLS)
    list(APPEND files ${WSS_CRYPTO_MBEDTLS_SOURCES})
    list(APPEND folders crypto)
  endif()
  if(CONFIG_WSS_STREAMS)
    list(APPEND files ${WSS_STREAMS_SOURCES})
    list(APPEND folders streams)
  endif()
  if(CONFIG_WSS_TLS)
    list(APPEND files ${WSS_TLS_SOURCES})
    list(APPEND folders tls)
  endif()
  list(TRANSFORM files PREPEND "${WSS_ROOT}/")
  list(TRANSFORM folders PREPEND "${WSS_ROOT}/")
  set(${sources} ${files} PARENT_SCOPE)
  set(${includes} ${folders} PARENT_SCOPE)
  set_source_files_properties("${WSS_ROOT}/generated/wss_http_scanner.c" PROPERTIES
    COMPILE_OPTIONS "${WSS_SCANNER_OPTIONS}")
endfunction()

# wss_kconfig_definitions(RESULT): WSS_CFG_X=VALUE for each CONFIG_WSS_CFG_X of the Kconfig file.
function(wss_kconfig_definitions result)
  set(definitions "")
  set(name "")
  file(STRINGS "${WSS_ROOT}/Kconfig" lines REGEX "^ *(config|bool|int) ")
  foreach(line IN LISTS lines)
    if(line MATCHES "config (.*)")
      set(name "${CMAKE_MATCH_1}")
    elseif(NOT name MATCHES "^WSS_CFG_")
      continue()
    elseif(line MATCHES "int ")
      list(APPEND definitions "${name}=${CONFIG_${name}}")
    elseif(CONFIG_${name})
      list(APPEND definitions "${name}=1")
    else()
      list(APPEND definitions "${name}=0")
    endif()
  endforeach()
  set(${result} ${definitions} PARENT_SCOPE)
endfunction()

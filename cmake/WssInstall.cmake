# SPDX-License-Identifier: MIT
#
# What `cmake --install` puts where, in two components: libwss-dev (libraries, headers, CMake
# package, pkg-config files) and wss (the command, its manual page and completions).
#
# Headers lie in <include>/wss; the ports' headers are included without a folder, so their users
# get that folder in the include path, too. What is compiled with a program lies in
# <share>/wss/api. The program to begin with is in <share>/doc/libwss-dev/examples.

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(WSS_BASH_COMPLETION_DIR "${CMAKE_INSTALL_DATADIR}/bash-completion/completions"
  CACHE STRING "Where bash looks for completions")
set(WSS_FISH_COMPLETION_DIR "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d"
  CACHE STRING "Where fish looks for completions")
set(WSS_ZSH_COMPLETION_DIR "${CMAKE_INSTALL_DATADIR}/zsh/site-functions"
  CACHE STRING "Where zsh looks for completions")
mark_as_advanced(WSS_BASH_COMPLETION_DIR WSS_FISH_COMPLETION_DIR WSS_ZSH_COMPLETION_DIR)

set(install_templates "${PROJECT_SOURCE_DIR}/packaging")
set(install_made "${PROJECT_BINARY_DIR}/packaging")
set(install_headers "${CMAKE_INSTALL_INCLUDEDIR}/wss")
set(install_cmake "${CMAKE_INSTALL_LIBDIR}/cmake/wss")
set(install_pkgconfig "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

# ------------------------------------------------------------------------------ settings

# The WSS_CFG_* settings that the compiler's options make, as lines of C.
function(wss_settings_of_options result)
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  get_property(options DIRECTORY PROPERTY COMPILE_OPTIONS)
  get_property(definitions DIRECTORY PROPERTY COMPILE_DEFINITIONS)
  list(TRANSFORM definitions PREPEND "-D")
  list(JOIN options " " options)
  list(JOIN definitions " " definitions)
  string(REGEX MATCHALL "-D *WSS_CFG_[A-Z0-9_]+(=[^ ]*)?" found
    "${CMAKE_C_FLAGS} ${CMAKE_C_FLAGS_${type}} ${options} ${definitions}")
  set(lines "")
  foreach(option IN LISTS found)
    string(REGEX MATCH "(WSS_CFG_[A-Z0-9_]+)(=?)(.*)" unused "${option}")
    set(name "${CMAKE_MATCH_1}")
    set(value "${CMAKE_MATCH_3}")
    if(NOT CMAKE_MATCH_2)
      set(value 1)
    endif()
    if(name STREQUAL "WSS_CFG_FILE")
      message(FATAL_ERROR "wss: say WSS_CONFIG_FILE=..., so that WSS_CFG_FILE is installed (or WSS_INSTALL=OFF)")
    endif()
    string(APPEND lines "#define ${name} ${value}\n")
  endforeach()
  set(${result} "${lines}" PARENT_SCOPE)
endfunction()

wss_settings_of_options(WSS_SETTINGS)
if(WSS_CONFIG_FILE)
  string(APPEND WSS_SETTINGS "#include \"wss_config_file.h\"\n")
  install(FILES "${WSS_CONFIG_FILE}" DESTINATION ${install_headers} RENAME wss_config_file.h
    COMPONENT libwss-dev)
endif()
configure_file("${install_templates}/wss_config.h.in" "${install_made}/wss_config.h" @ONLY)

# ------------------------------------------------------------------------------- headers

install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/wss/" DESTINATION ${install_headers}
  COMPONENT libwss-dev
  FILES_MATCHING PATTERN "*.h" PATTERN "wss_config.h" EXCLUDE)
install(FILES "${PROJECT_SOURCE_DIR}/include/wss/wss_config.h" DESTINATION ${install_headers}
  RENAME wss_config_defaults.h COMPONENT libwss-dev)
install(FILES "${install_made}/wss_config.h" "${WSS_GENERATED_DIR}/wss_vocabulary.h"
  DESTINATION ${install_headers} COMPONENT libwss-dev)

# ------------------------------------------------------------------------------ libraries

# wss_install_library(TARGET NAME DESCRIPTION [REQUIRES MODULE] [CFLAGS ...] [LIBS ...]
#                     [HEADERS FILE...])
# installs TARGET as wss::NAME, with a pkg-config file of its own.
function(wss_install_library target name description)
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "REQUIRES;CFLAGS;LIBS" "HEADERS")
  set_property(TARGET ${target} PROPERTY EXPORT_NAME ${name})
  target_include_directories(${target} INTERFACE
    "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR};${install_headers}>")
  install(TARGETS ${target} EXPORT wss-${name}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT libwss-dev)
  install(EXPORT wss-${name} NAMESPACE wss:: DESTINATION ${install_cmake} COMPONENT libwss-dev)
  install(FILES ${arg_HEADERS} DESTINATION ${install_headers} COMPONENT libwss-dev)

  string(REPLACE "_" "-" module ${target})
  set(WSS_PC_NAME ${module})
  set(WSS_PC_DESCRIPTION "${description}")
  set(WSS_PC_REQUIRES "${arg_REQUIRES}")
  set(WSS_PC_CFLAGS "${arg_CFLAGS}")
  set(WSS_PC_LIBS "-l${target} ${arg_LIBS}")
  configure_file("${install_templates}/wss.pc.in" "${install_made}/${module}.pc" @ONLY)
  install(FILES "${install_made}/${module}.pc" DESTINATION ${install_pkgconfig} COMPONENT libwss-dev)
endfunction()

# What the linker needs of mbedTLS: a path only where it does not look by itself.
function(wss_mbedtls_options cflags libs)
  set(${cflags} "" PARENT_SCOPE)
  set(${libs} "-lmbedcrypto" PARENT_SCOPE)
  if(MbedTLS_CRYPTO_LIBRARY)
    cmake_path(GET MbedTLS_CRYPTO_LIBRARY PARENT_PATH folder)
    if(NOT folder IN_LIST CMAKE_C_IMPLICIT_LINK_DIRECTORIES)
      set(${libs} "-L${folder} -lmbedcrypto" PARENT_SCOPE)
    endif()
    if(NOT MbedTLS_INCLUDE_DIR IN_LIST CMAKE_C_IMPLICIT_INCLUDE_DIRECTORIES)
      set(${cflags} "-I${MbedTLS_INCLUDE_DIR}" PARENT_SCOPE)
    endif()
  endif()
endfunction()

# The prefix as seen from the pkg-config files, so that the tree can be moved.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}" OR IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
  set(WSS_PC_PREFIX "${CMAKE_INSTALL_PREFIX}")
else()
  file(RELATIVE_PATH up "/prefix/${install_pkgconfig}" "/prefix")
  string(REGEX REPLACE "/$" "" up "${up}")
  set(WSS_PC_PREFIX "\${pcfiledir}/${up}")
endif()
cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_LIBDIR BASE_DIRECTORY "\${prefix}" OUTPUT_VARIABLE WSS_PC_LIBDIR)
cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_INCLUDEDIR BASE_DIRECTORY "\${prefix}" OUTPUT_VARIABLE WSS_PC_INCLUDEDIR)

set(WSS_COMPONENTS "")
wss_install_library(wss wss "${PROJECT_DESCRIPTION}")
if(TARGET wss_streams)
  list(APPEND WSS_COMPONENTS streams)
  wss_install_library(wss_streams streams "Tunnels through HTTP proxies for wss" REQUIRES wss
    HEADERS streams/wss_connect_stream.h streams/wss_prelude.h streams/wss_proxied_hal.h
            streams/wss_proxied_head.h streams/wss_proxy_hal.h streams/wss_upper_hal.h)
endif()
if(TARGET wss_hal_posix)
  list(APPEND WSS_COMPONENTS hal_posix)
  set(cflags "")
  get_target_property(definitions wss_hal_posix INTERFACE_COMPILE_DEFINITIONS)
  if(definitions)
    list(TRANSFORM definitions PREPEND "-D")
    list(JOIN definitions " " cflags)
  endif()
  wss_install_library(wss_hal_posix hal_posix "The port of wss to POSIX systems" REQUIRES wss
    CFLAGS "${cflags} -pthread" LIBS -pthread
    HEADERS hal/posix/wss_posix.h hal/posix/wss_posix_static.h)
endif()
if(TARGET wss_crypto_mbedtls)
  list(APPEND WSS_COMPONENTS crypto_mbedtls)
  wss_mbedtls_options(cflags libs)
  wss_install_library(wss_crypto_mbedtls crypto_mbedtls "Cryptography for wss on mbedTLS" REQUIRES wss
    CFLAGS "${cflags}" LIBS "${libs}"
    HEADERS crypto/wss_crypto_mbedtls.h)
  install(FILES "${PROJECT_SOURCE_DIR}/cmake/FindMbedTLS.cmake" DESTINATION ${install_cmake}
    COMPONENT libwss-dev)
endif()
if(TARGET wss_tls)
  list(APPEND WSS_COMPONENTS tls)
  wss_mbedtls_options(cflags libs)
  string(REPLACE "-lmbedcrypto" "-lmbedtls -lmbedx509 -lmbedcrypto" libs "${libs}")
  wss_install_library(wss_tls tls "TLS for wss on mbedTLS" REQUIRES wss-streams
    CFLAGS "${cflags}" LIBS "${libs}"
    HEADERS tls/wss_tls.h tls/wss_tls_files.h tls/wss_tls_hal.h tls/wss_tls_pool.h)
endif()
if(TARGET wss_websock)
  list(APPEND WSS_COMPONENTS websock) # after those it needs
  set(requires wss-hal-posix wss-crypto-mbedtls wss)
  if(TARGET wss_tls)
    list(PREPEND requires wss-tls)
  endif()
  list(JOIN requires " " requires)
  wss_install_library(wss_websock websock "InnoPhase's websock API on wss"
    REQUIRES "${requires}"
    HEADERS api/websock.h api/ssl_wrap.h)
endif()

# The SYS_WSS face is compiled with the program that uses it: its sources are installed.
if(TARGET wss_sys_wss)
  list(APPEND WSS_COMPONENTS sys_wss)
  set(install_api "${CMAKE_INSTALL_DATADIR}/wss/api")
  get_target_property(sources wss_sys_wss INTERFACE_SOURCES)
  foreach(source IN LISTS sources)
    string(REGEX REPLACE "^\\$<BUILD_INTERFACE:(.*)>$" "\\1" source "${source}")
    cmake_path(GET source FILENAME file)
    install(FILES "${source}" DESTINATION ${install_api} COMPONENT libwss-dev)
    target_sources(wss_sys_wss INTERFACE "$<INSTALL_INTERFACE:$<INSTALL_PREFIX>/${install_api}/${file}>")
  endforeach()
  install(FILES api/sys_wss_cmd.c api/sys_wss_page.h api/sys_wss_port.h api/sys_wss_posix_tls.h
    api/sys_wss_service.h api/sys_wss_tls.h
    "${WSS_GENERATED_DIR}/wss_faces.h"
    DESTINATION ${install_api} COMPONENT libwss-dev)
  install(FILES api/sys_wss.h api/sys_wss_config.h api/sys_wss_console.h api/sys_wss_system.h api/wss_console.h
    DESTINATION ${install_headers} COMPONENT libwss-dev)
  set_property(TARGET wss_sys_wss PROPERTY EXPORT_NAME sys_wss)
  install(TARGETS wss_sys_wss EXPORT wss-sys_wss)
  install(EXPORT wss-sys_wss NAMESPACE wss:: DESTINATION ${install_cmake} COMPONENT libwss-dev)
endif()

configure_package_config_file("${install_templates}/wss-config.cmake.in" "${install_made}/wss-config.cmake"
  INSTALL_DESTINATION ${install_cmake}
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${install_made}/wss-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${install_made}/wss-config.cmake" "${install_made}/wss-config-version.cmake"
  DESTINATION ${install_cmake} COMPONENT libwss-dev)

if(TARGET wss_hal_posix AND TARGET wss_crypto_mbedtls)
  install(FILES "${PROJECT_SOURCE_DIR}/examples/echo_server.c"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/libwss-dev/examples" COMPONENT libwss-dev)
endif()

# ---------------------------------------------------------------------------- the command

if(TARGET wss_tool)
  install(TARGETS wss_tool RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT wss)
  install(FILES "${install_templates}/wss.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT wss)
  install(FILES "${install_templates}/completions/wss.bash" DESTINATION "${WSS_BASH_COMPLETION_DIR}"
    RENAME wss COMPONENT wss)
  install(FILES "${install_templates}/completions/wss.fish" DESTINATION "${WSS_FISH_COMPLETION_DIR}"
    COMPONENT wss)
  install(FILES "${install_templates}/completions/_wss" DESTINATION "${WSS_ZSH_COMPLETION_DIR}"
    COMPONENT wss)
endif()

# SPDX-License-Identifier: MIT
#
# Packages by CPack: wss (the command) and libwss-dev for Debian, an archive elsewhere. What
# Debian wants beyond the installed files is added by WssDebian.cmake.

set(WSS_PACKAGE_CONTACT "the wss authors <authors@wss.invalid>"
  CACHE STRING "Maintainer of the packages: name <address>")

set(CPACK_GENERATOR TGZ)
set(CPACK_PACKAGE_NAME wss)
set(CPACK_PACKAGE_VENDOR "the wss authors")
set(CPACK_PACKAGE_CONTACT "${WSS_PACKAGE_CONTACT}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # it would become the first line of each description
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_COMPONENTS_ALL libwss-dev)
if(TARGET wss_tool)
  list(APPEND CPACK_COMPONENTS_ALL wss)
endif()
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/WssDebian.cmake")

set(CPACK_DEBIAN_WSS_PACKAGE_NAME wss)
set(CPACK_DEBIAN_WSS_PACKAGE_SECTION net)
set(CPACK_DEBIAN_WSS_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_WSS_DESCRIPTION "WebSocket echo server and client
wss serve answers WebSocket clients (RFC 6455) with what they send, and shows
browsers a page to try it. wss connect is a client between a server and the
standard streams. Memory does not depend on the size of messages.")

set(CPACK_DEBIAN_LIBWSS-DEV_PACKAGE_NAME libwss-dev)
set(CPACK_DEBIAN_LIBWSS-DEV_PACKAGE_SECTION libdevel)
if(TARGET wss_crypto_mbedtls)
  set(CPACK_DEBIAN_LIBWSS-DEV_PACKAGE_DEPENDS libmbedtls-dev)
endif()
set(CPACK_DEBIAN_LIBWSS-DEV_DESCRIPTION "WebSocket engine for embedded systems
The engine, server and client (RFC 6455), as a static library that allocates
nothing; its port to POSIX systems; cryptography and TLS on mbedTLS; tunnels
through HTTP proxies; faces for firmware that was written for other APIs;
headers, CMake package and pkg-config files.")

include(CPack)

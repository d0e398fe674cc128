# SPDX-License-Identifier: MIT
#
# The engine as a component of ESP-IDF. ESP-IDF reads this twice: first as a script, before there
# is a configuration, for what the component requires, which so must not depend on it; then to
# build.

include("${CMAKE_CURRENT_LIST_DIR}/WssKconfig.cmake")
if(NOT CMAKE_BUILD_EARLY_EXPANSION)
  wss_kconfig_parts(sources includes)
  wss_kconfig_definitions(definitions)
endif()

idf_component_register(
  SRCS ${sources}
  INCLUDE_DIRS ${includes}
  PRIV_INCLUDE_DIRS "${WSS_ROOT}/runtime"
  REQUIRES lwip mbedtls)

target_compile_definitions(${COMPONENT_LIB} PUBLIC ${definitions})

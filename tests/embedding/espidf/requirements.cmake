# SPDX-License-Identifier: MIT
#
# Asks the component of WSS_DIR what it requires, as ESP-IDF does: by a script, before there is a
# configuration.

set(CMAKE_BUILD_EARLY_EXPANSION 1)
set(ESP_PLATFORM 1)

macro(idf_component_register)
  cmake_parse_arguments(arg "" "" "SRCS;INCLUDE_DIRS;PRIV_INCLUDE_DIRS;REQUIRES" ${ARGN})
  message(STATUS "requires ${arg_REQUIRES}")
  return()
endmacro()

include("${WSS_DIR}/CMakeLists.txt")

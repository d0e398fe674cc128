# SPDX-License-Identifier: MIT
#
# Compiler settings of our own top-level builds. A project that adds us as a
# subdirectory gets an empty wss_warnings and none of its own flags changed.

add_library(wss_warnings INTERFACE)
if(PROJECT_IS_TOP_LEVEL)
  target_compile_options(wss_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow -Wpedantic -Werror)
endif()

if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

if(WSS_SANITIZE)
  add_compile_options(-fsanitize=${WSS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${WSS_SANITIZE})
endif()

if(WSS_COVERAGE)
  add_compile_options(--coverage -O0)
  add_link_options(--coverage)
  add_library(wss_flush OBJECT ${PROJECT_SOURCE_DIR}/tests/coverage/flush.c)
  target_compile_options(wss_flush PRIVATE -fno-profile-arcs -fno-test-coverage)
  link_libraries($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:$<TARGET_OBJECTS:wss_flush>>)
endif()

# SPDX-License-Identifier: MIT
#
# The contract suite for a port, here or in another project; needs Check.
#
#   wss_add_hal_test(NAME FIXTURE [LIBRARY]...)
#
# FIXTURE is a C file that defines the `port` of tests/hal/port.h; LIBRARY is the port.

find_package(PkgConfig REQUIRED)
pkg_check_modules(WSS_CHECK REQUIRED IMPORTED_TARGET check)

function(wss_add_hal_test name fixture)
  set(root "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/..")
  add_executable(${name} "${root}/tests/hal/test_hal.c" ${fixture})
  target_include_directories(${name} PRIVATE "${root}/tests/hal" "${root}/include")
  target_compile_features(${name} PRIVATE c_std_11)
  target_link_libraries(${name} PRIVATE ${ARGN} PkgConfig::WSS_CHECK)
  add_test(NAME ${name} COMMAND ${name})
endfunction()

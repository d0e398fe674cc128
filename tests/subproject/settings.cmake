# SPDX-License-Identifier: MIT
#
# What a parent's directory says of itself, to compare before and after.

function(read_settings result)
  set(all "")
  foreach(property IN ITEMS COMPILE_OPTIONS COMPILE_DEFINITIONS LINK_OPTIONS INCLUDE_DIRECTORIES TESTS)
    get_property(value DIRECTORY PROPERTY ${property})
    string(APPEND all "${property}=${value}\n")
  endforeach()
  foreach(variable IN ITEMS CMAKE_C_FLAGS CMAKE_C_STANDARD CMAKE_C_EXTENSIONS CMAKE_BUILD_TYPE CMAKE_MODULE_PATH)
    string(APPEND all "${variable}=${${variable}}\n")
  endforeach()
  set(${result} "${all}" PARENT_SCOPE)
endfunction()

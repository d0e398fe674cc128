# SPDX-License-Identifier: MIT
#
# Where the generated sources come from: the committed copy, or, where Python with
# its packages and Ragel are there, a fresh one in the build folder.
#
# Sets WSS_GENERATED_DIR, WSS_GENERATED_SOURCES, WSS_CAN_GENERATE and the target wss_generated, on
# which everything that includes a generated header depends.

list(TRANSFORM WSS_GENERATED_FILES REPLACE "^generated/" "" OUTPUT_VARIABLE generated_names)
list(TRANSFORM WSS_GENERATED_HEADERS REPLACE "^generated/" "" OUTPUT_VARIABLE generated_headers)

find_program(WSS_PYTHON NAMES python3 HINTS /usr/bin DOC "Python 3 with yaml, jinja2 and jsonschema")
find_program(WSS_RAGEL NAMES ragel DOC "Ragel 6")

set(WSS_CAN_GENERATE OFF)
if(WSS_PYTHON AND WSS_RAGEL)
  execute_process(
    COMMAND "${WSS_PYTHON}" -c "import yaml, jinja2, jsonschema"
    RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET)
  if(result EQUAL 0)
    set(WSS_CAN_GENERATE ON)
  endif()
endif()

if(WSS_REGENERATE STREQUAL "AUTO")
  set(regenerate ${WSS_CAN_GENERATE})
elseif(WSS_REGENERATE AND NOT WSS_CAN_GENERATE)
  message(FATAL_ERROR "WSS_REGENERATE=ON needs Python 3 with yaml, jinja2 and jsonschema, and ragel")
else()
  set(regenerate ${WSS_REGENERATE})
endif()

if(regenerate)
  set(WSS_GENERATED_DIR "${PROJECT_BINARY_DIR}/generated")
  file(GLOB generator_inputs CONFIGURE_DEPENDS
    "${PROJECT_SOURCE_DIR}/spec/*"
    "${PROJECT_SOURCE_DIR}/generator/*.py"
    "${PROJECT_SOURCE_DIR}/generator/*/*.py"
    "${PROJECT_SOURCE_DIR}/generator/templates/*"
    "${PROJECT_SOURCE_DIR}/runtime/wss_chars.c")
  list(TRANSFORM generated_names PREPEND "${WSS_GENERATED_DIR}/" OUTPUT_VARIABLE outputs)
  list(TRANSFORM generated_headers PREPEND "${WSS_GENERATED_DIR}/" OUTPUT_VARIABLE headers)
  set(stamp "${PROJECT_BINARY_DIR}/generated.stamp")
  add_custom_command(
    OUTPUT "${stamp}"
    BYPRODUCTS ${outputs} ${headers}
    COMMAND "${CMAKE_COMMAND}" -E env PYTHONDONTWRITEBYTECODE=1
            "${WSS_PYTHON}" -m generator --out "${WSS_GENERATED_DIR}"
    COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    DEPENDS ${generator_inputs}
    COMMENT "Generating tables and scanner from spec/"
    VERBATIM)
  add_custom_target(wss_generated DEPENDS "${stamp}")
  message(STATUS "wss: generated sources are made while building")
else()
  set(WSS_GENERATED_DIR "${PROJECT_SOURCE_DIR}/generated")
  add_custom_target(wss_generated)
  message(STATUS "wss: generated sources are the committed ones")
endif()

list(TRANSFORM generated_names PREPEND "${WSS_GENERATED_DIR}/" OUTPUT_VARIABLE WSS_GENERATED_SOURCES)

include(WssScanner)
if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
  set_source_files_properties("${WSS_GENERATED_DIR}/wss_http_scanner.c" PROPERTIES
    COMPILE_OPTIONS "${WSS_SCANNER_OPTIONS}")
endif()

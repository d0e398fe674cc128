# SPDX-License-Identifier: MIT
#
# Finds mbedTLS 2.28 or 3.x where it brings no package file of its own. Defines
# MbedTLS::mbedcrypto, MbedTLS::mbedx509 and MbedTLS::mbedtls.

find_path(MbedTLS_INCLUDE_DIR mbedtls/version.h)
find_library(MbedTLS_CRYPTO_LIBRARY mbedcrypto)
find_library(MbedTLS_X509_LIBRARY mbedx509)
find_library(MbedTLS_TLS_LIBRARY mbedtls)
mark_as_advanced(MbedTLS_INCLUDE_DIR MbedTLS_CRYPTO_LIBRARY MbedTLS_X509_LIBRARY MbedTLS_TLS_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(MbedTLS REQUIRED_VARS
  MbedTLS_CRYPTO_LIBRARY MbedTLS_X509_LIBRARY MbedTLS_TLS_LIBRARY MbedTLS_INCLUDE_DIR)

if(MbedTLS_FOUND AND NOT TARGET MbedTLS::mbedcrypto)
  foreach(part IN ITEMS crypto x509 tls)
    string(TOUPPER ${part} upper)
    add_library(MbedTLS::mbed${part} UNKNOWN IMPORTED)
    set_target_properties(MbedTLS::mbed${part} PROPERTIES
      IMPORTED_LOCATION "${MbedTLS_${upper}_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${MbedTLS_INCLUDE_DIR}")
  endforeach()
  set_property(TARGET MbedTLS::mbedx509 PROPERTY INTERFACE_LINK_LIBRARIES MbedTLS::mbedcrypto)
  set_property(TARGET MbedTLS::mbedtls PROPERTY INTERFACE_LINK_LIBRARIES MbedTLS::mbedx509)
endif()

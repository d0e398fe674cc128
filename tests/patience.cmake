# SPDX-License-Identifier: MIT
#
# For ctest: Check ends a test that hangs, not one that is slow on a busy machine.

if(NOT DEFINED ENV{CK_DEFAULT_TIMEOUT})
  set(ENV{CK_DEFAULT_TIMEOUT} 60)
endif()

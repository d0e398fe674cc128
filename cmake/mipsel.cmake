# SPDX-License-Identifier: MIT
#
# Toolchain: little-endian MIPS32 release 2 under Linux, run by QEMU's user mode. Libraries
# come from the folder that scripts/mips-sysroot fills; without it from the compiler's own.

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR mipsel)
set(CMAKE_C_COMPILER mipsel-linux-gnu-gcc)
set(CMAKE_C_FLAGS_INIT "-march=mips32r2")

set(WSS_MIPS_SYSROOT "${CMAKE_CURRENT_LIST_DIR}/../build-mips/sysroot")
if(EXISTS ${WSS_MIPS_SYSROOT}/.complete)
  file(REAL_PATH ${WSS_MIPS_SYSROOT} CMAKE_SYSROOT)
  set(CMAKE_CROSSCOMPILING_EMULATOR qemu-mipsel -cpu 24Kf -L ${CMAKE_SYSROOT})
  set(ENV{PKG_CONFIG_SYSROOT_DIR} ${CMAKE_SYSROOT})
  set(ENV{PKG_CONFIG_LIBDIR} ${CMAKE_SYSROOT}/usr/lib/mipsel-linux-gnu/pkgconfig)
else()
  set(CMAKE_FIND_ROOT_PATH /usr/mipsel-linux-gnu)
  set(CMAKE_CROSSCOMPILING_EMULATOR qemu-mipsel -cpu 24Kf -L /usr/mipsel-linux-gnu)
endif()

set(CMAKE_LIBRARY_ARCHITECTURE mipsel-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# SPDX-License-Identifier: MIT
#
# Toolchain: little-endian MIPS32 release 2 under Linux, run by QEMU's user mode.
# WSS_SYSROOT may name a folder with further mipsel libraries (mbedTLS, Check).

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR mipsel)
set(CMAKE_C_COMPILER mipsel-linux-gnu-gcc)
set(CMAKE_C_FLAGS_INIT "-march=mips32r2")
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-mipsel -cpu 24Kf -L /usr/mipsel-linux-gnu)

set(CMAKE_FIND_ROOT_PATH /usr/mipsel-linux-gnu ${WSS_SYSROOT})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

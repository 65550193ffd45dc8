# SPDX-License-Identifier: BSD-2-Clause
# Compiles the sysroot itself, before there is a driver that could.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER clang CACHE STRING "clang, 14 or later")
set(CMAKE_ASM_COMPILER ${CMAKE_C_COMPILER})
set(CMAKE_C_COMPILER_TARGET x86_64-unknown-cloudabi)
set(CMAKE_ASM_COMPILER_TARGET x86_64-unknown-cloudabi)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_C_COMPILER_WORKS ON)
set(CMAKE_ASM_COMPILER_WORKS ON)

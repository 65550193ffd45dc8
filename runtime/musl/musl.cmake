# SPDX-License-Identifier: BSD-2-Clause
# The C library of cloudabi-run: the musl that the target's C library is made from, built for Linux.
# Each page that a process touches at its start takes longer than most system calls; with the
# host's C library, starting the launcher alone would take as long as building the sandbox.
include(ExternalProject)
include(ProcessorCount)
ProcessorCount(processors)

set(place "${CMAKE_CURRENT_BINARY_DIR}/installed")
set(linux "${CMAKE_CURRENT_BINARY_DIR}/linux")
set(libc "${place}/lib/libc.a")
set(start_files "${place}/lib/crt1.o" "${place}/lib/crti.o")
set(end_files "${place}/lib/crtn.o")
ExternalProject_Add(musl
  SOURCE_DIR "${MUSL}"
  CONFIGURE_COMMAND <SOURCE_DIR>/configure "--prefix=${place}" "--target=${CLOUDABI_ARCH}"
    --disable-shared --enable-wrapper=no
    --with-malloc=oldmalloc # touches fewer pages
    "CC=${CMAKE_C_COMPILER}" "CFLAGS=-O2 -ffile-prefix-map=<SOURCE_DIR>=musl"
  BUILD_COMMAND make "-j${processors}" AR=llvm-ar RANLIB=llvm-ranlib
  INSTALL_COMMAND make AR=llvm-ar RANLIB=llvm-ranlib install-libs install-headers
  BUILD_BYPRODUCTS "${libc}" ${start_files} ${end_files}
  LOG_CONFIGURE ON LOG_BUILD ON LOG_INSTALL ON LOG_OUTPUT_ON_FAILURE ON)

# Only the kernel's headers from the host, not its C library's.
file(MAKE_DIRECTORY "${linux}")
foreach(name linux asm-generic asm)
  find_path(found_${name} NAMES "${name}"
    PATHS /usr/include "/usr/include/${CLOUDABI_ARCH}-linux-gnu" NO_DEFAULT_PATH REQUIRED)
  file(CREATE_LINK "${found_${name}}/${name}" "${linux}/${name}" SYMBOLIC)
endforeach()

execute_process(COMMAND "${CMAKE_C_COMPILER}" -print-libgcc-file-name
  OUTPUT_VARIABLE builtins OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)

# use_musl(TARGET...): compile against it, and link statically if it is a program.
function(use_musl)
  foreach(target IN LISTS ARGN)
    add_dependencies(${target} musl)
    target_compile_options(${target} PRIVATE -fno-pie -nostdlibinc
      "SHELL:-isystem ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/include"
      "SHELL:-isystem ${place}/include" "SHELL:-isystem ${linux}")
    get_target_property(type ${target} TYPE)
    if(type STREQUAL EXECUTABLE)
      target_link_options(${target} PRIVATE
        -static -no-pie -nostdlib -fuse-ld=lld LINKER:--gc-sections
        LINKER:--no-rosegment LINKER:-z,norelro)
      target_link_libraries(${target} PRIVATE ${start_files} "${libc}" "${builtins}" ${end_files})
      set_target_properties(${target} PROPERTIES LINK_DEPENDS "${libc}")
    endif()
  endforeach()
endfunction()

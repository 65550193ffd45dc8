# SPDX-License-Identifier: BSD-2-Clause
# Programs for the target inside the host's build: compiled by the driver of out/bin, run under
# its cloudabi-run. Both must be installed before; build.sh sees to it. CLOUDABI_PREFIX and
# CLOUDABI_CC come from the top-level CMakeLists.txt.

set(CLOUDABI_SYSROOT ${CLOUDABI_PREFIX}/${CLOUDABI_TRIPLE})

# cloudabi_executable(NAME SOURCE... [FLAGS flag...]): the target NAME makes the program
# ${CMAKE_CURRENT_BINARY_DIR}/NAME.
function(cloudabi_executable name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "FLAGS")
    set(output ${CMAKE_CURRENT_BINARY_DIR}/${name})
    set(sources ${arg_UNPARSED_ARGUMENTS})
    list(TRANSFORM sources PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ REGEX "^[^/]")
    get_filename_component(folder ${output} DIRECTORY)
    file(MAKE_DIRECTORY ${folder})
    string(MAKE_C_IDENTIFIER ${name} target)
    add_custom_command(OUTPUT ${output}
        COMMAND ${CLOUDABI_CC} -std=gnu17 -O2 -Wall -Wextra -Werror ${arg_FLAGS}
            -I${PROJECT_SOURCE_DIR}/tests/include -MD -MF ${output}.d -MT ${output}
            -o ${output} ${sources}
        DEPENDS ${sources} ${CLOUDABI_CC} ${CLOUDABI_SYSROOT}/lib/libc.a
            ${CLOUDABI_SYSROOT}/lib/libcompat.a ${CLOUDABI_SYSROOT}/lib/crt0.o
        DEPFILE ${output}.d
        COMMENT "Building ${name} for the target" VERBATIM)
    add_custom_target(target_${target} ALL DEPENDS ${output})
endfunction()

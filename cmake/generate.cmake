# SPDX-License-Identifier: BSD-2-Clause
# Generates the ABI's headers into CLOUDABI_GENERATED, at configure time, so that they are there
# before anything is compiled; a change of abi/ configures again. Link to `abi` to include them.
set(CLOUDABI_GENERATED "${CMAKE_BINARY_DIR}/generated")

file(GLOB abi_inputs CONFIGURE_DEPENDS
  "${CMAKE_SOURCE_DIR}/abi/*.py" "${CMAKE_SOURCE_DIR}/abi/*.toml")
set_property(DIRECTORY "${CMAKE_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${abi_inputs})

# Generated beside, then copied where different: an unchanged header compiles nothing anew.
set(fresh "${CMAKE_BINARY_DIR}/generated.new")
file(REMOVE_RECURSE "${fresh}")
execute_process(
  COMMAND "${Python3_EXECUTABLE}" "${CMAKE_SOURCE_DIR}/abi/generate.py" --out "${fresh}"
  RESULT_VARIABLE result)
if(result)
  message(FATAL_ERROR "abi/generate.py failed; its message stands above")
endif()
file(GLOB_RECURSE generated RELATIVE "${fresh}" "${fresh}/*")
foreach(name IN LISTS generated)
  configure_file("${fresh}/${name}" "${CLOUDABI_GENERATED}/${name}" COPYONLY)
endforeach()

add_library(abi INTERFACE)
target_include_directories(abi INTERFACE "${CLOUDABI_GENERATED}")

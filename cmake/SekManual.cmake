# sek_install_manual(page.N [COMPONENT c] [DEPENDS target]): installs a manual page, compressed without name and time, so that two
# builds give the same file.
find_program(GZIP gzip REQUIRED)
function(sek_install_manual page)
  cmake_parse_arguments(ARG "" "COMPONENT" "DEPENDS" ${ARGN})
  if(NOT ARG_COMPONENT)
    set(ARG_COMPONENT sekisho)
  endif()
  get_filename_component(name ${page} NAME)
  string(REGEX MATCH "[1-8]$" section ${name})
  set(compressed ${CMAKE_BINARY_DIR}/manual/${name}.gz)
  add_custom_command(OUTPUT ${compressed}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/manual
    COMMAND sh -c "\"$1\" -9nc \"$2\" >\"$3\"" sh ${GZIP} ${page} ${compressed}
    DEPENDS ${page} ${ARG_DEPENDS} VERBATIM)
  add_custom_target(manual-${name} ALL DEPENDS ${compressed})
  install(FILES ${compressed} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section} COMPONENT ${ARG_COMPONENT})
endfunction()

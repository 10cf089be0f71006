# The three shapes of target in this project, with the one set of compiler flags they share.

add_library(sek_flags INTERFACE)
target_compile_features(sek_flags INTERFACE c_std_17)
target_include_directories(sek_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
target_compile_definitions(sek_flags INTERFACE
  _GNU_SOURCE
  GETTEXT_PACKAGE="sekisho"
  SEK_VERSION="${PROJECT_VERSION}"
  G_LOG_DOMAIN="sekisho"
  GLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_74
  GLIB_VERSION_MAX_ALLOWED=GLIB_VERSION_2_74)
target_compile_options(sek_flags INTERFACE
  -Wall -Wextra -Wshadow -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef
  -Wwrite-strings -Wpointer-arith -Wno-unused-parameter
  $<$<BOOL:${SEK_WERROR}>:-Werror>
  # clang does not count that a g_autoptr is held for what frees it; gcc does, and warns of the others.
  $<$<C_COMPILER_ID:Clang>:-Wno-unused-variable>
  -fstack-protector-strong -fstack-clash-protection -fcf-protection -fvisibility=hidden)
# What is packaged must not depend on the folder that it was built in.
file(RELATIVE_PATH way_to_sources ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR})
target_compile_options(sek_flags INTERFACE
  $<$<CONFIG:Release>:-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=> $<$<CONFIG:Release>:-ffile-prefix-map=${way_to_sources}=>
  # The last one counts first: the build folder may lie in that of the sources.
  $<$<CONFIG:Release>:-ffile-prefix-map=${PROJECT_BINARY_DIR}/=>)
target_link_options(sek_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack,-z,defs)
if(SEK_SANITIZE)
  target_compile_options(sek_flags INTERFACE -fsanitize=${SEK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
    $<$<BOOL:$<TARGET_PROPERTY:SEK_ONE_THREAD>>:-fno-sanitize=thread>)
  # The run-time library of the sanitizer is resolved when the program starts, so -z defs cannot hold.
  target_link_options(sek_flags INTERFACE -fsanitize=${SEK_SANITIZE} -Wl,-z,undefs)
  # The compilers name their sanitizers differently.
  target_compile_definitions(sek_flags INTERFACE SEK_SANITIZED)
elseif(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_definitions(sek_flags INTERFACE _FORTIFY_SOURCE=2)
endif()
if(SEK_GLIB)
  # The old kind of path counts for the libraries that need GLib, too, and for our programs alone: Python could not load it.
  target_link_options(sek_flags INTERFACE -Wl,--disable-new-dtags,-rpath,${SEK_GLIB})
endif()
if(SEK_COVERAGE)
  target_link_options(sek_flags INTERFACE --coverage)
endif()
if(SEK_FUZZ)
  # Only what is ours is watched for new ways taken; the libraries are those of the system.
  target_compile_options(sek_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported(LANGUAGES C)

# Of what is installed alone: tests are not what is measured.
function(sek_count_lines target)
  if(SEK_COVERAGE)
    target_compile_options(${target} PRIVATE --coverage -fprofile-update=atomic)
  endif()
endfunction()

# sek_library(NAME SOURCES a.c ... [PUBLIC target ...] [PRIVATE target ...]): one folder, one static library.
function(sek_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE sek_flags ${ARG_PRIVATE})
  sek_count_lines(${name})
endfunction()

# sek_program(NAME SOURCES a.c ... LINK target ...)
function(sek_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE sek_flags ${ARG_LINK})
  sek_count_lines(${name})
endfunction()

set(sek_test_sanitizers "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/lsan.supp:print_suppressions=0")

# sek_test(NAME SOURCES a.c ... LINK target ... [LABELS l ...] [TIMEOUT s] [DISPLAY]): a GLib test program, run through
# tests/tap-run so that a skipped case or a broken plan can not read as passed. DISPLAY: on an X display of its own.
function(sek_test name)
  cmake_parse_arguments(ARG "DISPLAY" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  set(wrapper $<$<BOOL:${ARG_DISPLAY}>:${PROJECT_SOURCE_DIR}/tests/support/with-display>)
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(test-${name} ${ARG_SOURCES})
  target_link_libraries(test-${name} PRIVATE sek_flags ${ARG_LINK})
  target_compile_definitions(test-${name} PRIVATE SEK_TEST_DATA="${CMAKE_CURRENT_SOURCE_DIR}")
  set_target_properties(test-${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME ${name} COMMAND ${wrapper} ${PROJECT_SOURCE_DIR}/tests/tap-run $<TARGET_FILE:test-${name}>
    COMMAND_EXPAND_LISTS)
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    ENVIRONMENT "SEK_BIN_DIR=${CMAKE_BINARY_DIR}/bin;SEKISHO_LOCALEDIR=${CMAKE_BINARY_DIR}/locale;G_DEBUG=fatal-criticals;LC_ALL=C.UTF-8;LANGUAGE=;${sek_test_sanitizers}")
endfunction()

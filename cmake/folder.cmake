# agate_folder(store SOURCES a.cpp b.cpp USES core base LIBS PkgConfig::sqlite3)
# One folder of src/ is one static library, agate_<folder>. USES names the folders it may include,
# as tools/layers.txt has them. LIBS are private third-party libraries.
function(agate_folder name)
    cmake_parse_arguments(ARG "" "" "SOURCES;USES;LIBS" ${ARGN})
    add_library(agate_${name} STATIC ${ARG_SOURCES})
    target_include_directories(agate_${name} PUBLIC "${PROJECT_SOURCE_DIR}/src")
    list(TRANSFORM ARG_USES PREPEND agate_ OUTPUT_VARIABLE uses)
    target_link_libraries(agate_${name} PUBLIC ${uses} fmt::fmt PRIVATE agate_warnings ${ARG_LIBS})
endfunction()

# agate_unit_tests(store SOURCES a_test.cpp USES store core): the GoogleTest program of one folder.
function(agate_unit_tests name)
    cmake_parse_arguments(ARG "" "" "SOURCES;USES;LIBS" ${ARGN})
    add_executable(${name}_test ${ARG_SOURCES})
    list(TRANSFORM ARG_USES PREPEND agate_ OUTPUT_VARIABLE uses)
    target_link_libraries(${name}_test PRIVATE ${uses} agate_warnings ${ARG_LIBS} GTest::gmock GTest::gtest_main)
    target_compile_definitions(${name}_test PRIVATE AGATE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name}_test)
endfunction()

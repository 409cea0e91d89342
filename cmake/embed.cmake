# agate_embed(TARGET store NAME migrations ROOT dir FILES a.sql b.sql)
# Puts files into the library as agate::embedded::<name>(), a span of {path relative to ROOT, bytes}
# (see base/embedded.h). The assembler includes the bytes, so a large web build costs nothing to compile.
function(agate_embed)
    cmake_parse_arguments(ARG "" "TARGET;NAME;ROOT" "FILES" ${ARGN})
    set(out "${CMAKE_CURRENT_BINARY_DIR}/embedded_${ARG_NAME}.cpp")
    set(assembly "")
    set(table "")
    set(externs "")
    set(index 0)
    foreach(file IN LISTS ARG_FILES)
        file(RELATIVE_PATH relative "${ARG_ROOT}" "${file}")
        set(symbol "agate_embedded_${ARG_NAME}_${index}")
        string(APPEND assembly
            "    \".global ${symbol}\\n${symbol}:\\n.incbin \\\"${file}\\\"\\n"
            ".global ${symbol}_end\\n${symbol}_end:\\n.byte 0\\n\"\n")
        string(APPEND externs "extern \"C\" const char ${symbol}[];\nextern \"C\" const char ${symbol}_end[];\n")
        string(APPEND table "        {\"${relative}\", ${symbol}, ${symbol}_end},\n")
        math(EXPR index "${index} + 1")
    endforeach()
    if(index EQUAL 0)
        set(body "    return {};\n")
    else()
        set(body "    static const Entry entries[] = {\n${table}    };\n    static const auto files = list(entries);\n    return files;\n")
    endif()
    set(text "#include \"base/embedded.h\"\n#include <iterator>\n#include <vector>\n
asm(\".section .rodata\\n\"\n${assembly}    \".text\\n\");\n
${externs}
namespace agate::embedded {
namespace {
struct Entry {
    const char* path;
    const char* begin;
    const char* end;
};
template <std::size_t n>
std::vector<EmbeddedFile> list(const Entry (&entries)[n]) {
    std::vector<EmbeddedFile> files;
    for (const auto& entry : entries) {
        files.push_back({entry.path, {entry.begin, static_cast<std::size_t>(entry.end - entry.begin)}});
    }
    return files;
}
}  // namespace
std::span<const EmbeddedFile> ${ARG_NAME}();
std::span<const EmbeddedFile> ${ARG_NAME}() {
${body}}
}  // namespace agate::embedded
")
    if(index EQUAL 0)
        string(REGEX REPLACE "namespace {\nstruct Entry.*}  // namespace\nstd" "std" text "${text}")
    endif()
    file(CONFIGURE OUTPUT "${out}" CONTENT "${text}" @ONLY)
    set_source_files_properties("${out}" PROPERTIES OBJECT_DEPENDS "${ARG_FILES}")
    target_sources(agate_${ARG_TARGET} PRIVATE "${out}")
endfunction()

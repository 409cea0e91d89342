add_library(agate_warnings INTERFACE)
target_compile_options(agate_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
# g++ 12 reports inlined std::string assignments as overlapping copies (GCC bug 105329): never true, often said.
target_compile_options(agate_warnings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
if(AGATE_WERROR)
    target_compile_options(agate_warnings INTERFACE -Werror)
endif()

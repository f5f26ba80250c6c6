# One function gives every folder of src/ its target, and every target the same rules.

add_library(diaban_rules INTERFACE)
target_compile_features(diaban_rules INTERFACE cxx_std_20)
target_compile_options(
    diaban_rules
    INTERFACE -Wall
              -Wextra
              -Wpedantic
              -Wconversion
              -Wsign-conversion
              -Wshadow
              -Wnon-virtual-dtor
              -Wold-style-cast
              -Woverloaded-virtual
              # Designated initializers leave the rest at its default, which is what they are for.
              -Wno-missing-field-initializers
              # GCC 12 sees overlaps in std::string's operator+ that are not there (GCC bug 105651).
              $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
              -Werror)
if(DIABAN_SANITIZE)
    target_compile_options(diaban_rules INTERFACE -fsanitize=${DIABAN_SANITIZE} -fno-omit-frame-pointer
                                                  -fno-sanitize-recover=all
                           # The instrumentation hides initializations from GCC 12 (std::regex, std::function).
                           -Wno-maybe-uninitialized)
    target_link_options(diaban_rules INTERFACE -fsanitize=${DIABAN_SANITIZE})
endif()

# diaban_folder(NAME [USES folder…] [PUBLIC lib…] [PRIVATE lib…])
# Makes the library target diaban_NAME from every .cpp of src/NAME. USES names the folders below it, the only ones whose
# headers it can include and whose symbols it can link.
function(diaban_folder name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;PUBLIC;PRIVATE")
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp ${CMAKE_SOURCE_DIR}/src/${name}/*/*.cpp)
    list(TRANSFORM arg_USES PREPEND diaban_)
    add_library(diaban_${name} STATIC ${sources})
    set_target_properties(diaban_${name} PROPERTIES CXX_EXTENSIONS OFF LINKER_LANGUAGE CXX)
    target_include_directories(diaban_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(
        diaban_${name}
        PUBLIC ${arg_USES} ${arg_PUBLIC}
        PRIVATE diaban_rules ${arg_PRIVATE})
endfunction()

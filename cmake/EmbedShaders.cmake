# cmake -DOUT=file.cpp -DSHADERS=a;b;c -P EmbedShaders.cmake
# Writes a .cpp that defines diaban::shader_source(name): the text of each file of shaders/, looked up by its file name.
set(text "// Generated from shaders/ by cmake/EmbedShaders.cmake.\n#include \"render/shader_source.h\"\n\n")
string(APPEND text "namespace diaban {\n\nstd::string_view shader_source(std::string_view name) {\n")
foreach(path IN LISTS SHADERS)
    get_filename_component(name ${path} NAME)
    file(READ ${path} source)
    string(APPEND text "    if (name == \"${name}\") return R\"GLSL(${source})GLSL\";\n")
endforeach()
string(APPEND text "    return {};\n}\n\n}  // namespace diaban\n")
file(WRITE ${OUT} "${text}")

// What a mask of text or of a mark depends on, as the bytes of a key. Colours are no part of it.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "scene/scene.h"

namespace diaban {

template <class... Values>
void append_bytes(std::string& key, const Values&... values) {
    (key.append(reinterpret_cast<const char*>(&values), sizeof values), ...);
}

inline void append_text_key(std::string& key, std::string_view text, const TextStyle& style, double wrap_width,
                            double pixel_ratio) {
    const double halo = style.halo ? std::max(0.0, style.halo_width) : 0;
    key += 't';
    append_bytes(key, style.size, style.weight, style.italic, halo, wrap_width, pixel_ratio, text.size());
    key += text;
}

inline void append_mark_key(std::string& key, MarkerShape shape, double radius, double outline_width,
                            double pixel_ratio) {
    key += 'm';
    append_bytes(key, shape, radius, outline_width, pixel_ratio);
}

}  // namespace diaban

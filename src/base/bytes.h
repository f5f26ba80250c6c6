// Values as bytes, for the cache: as they lie in memory, vectors with their length before them, everything at a
// multiple of 8 so that arrays can be used where they lie.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace diaban {

class ByteWriter {
public:
    template <class T>
    requires std::is_trivially_copyable_v<T>
    void put(const T& value) { append(&value, sizeof(T)); }
    template <class T>
    requires std::is_trivially_copyable_v<T>
    void put_array(std::span<const T> values) {
        put(uint64_t{values.size()});
        append(values.data(), values.size_bytes());
    }
    void put_text(std::string_view text) { put_array(std::span<const char>(text)); }

    /// The same bytes as put_array() makes, but looked at where they are: they have to outlive this.
    template <class T>
    requires std::is_trivially_copyable_v<T>
    void put_array_in_place(std::span<const T> values) {
        put(uint64_t{values.size()});
        if (values.size_bytes() % 8 != 0) return append(values.data(), values.size_bytes());
        pieces_.push_back({std::as_bytes(values), {}});
        pieces_.emplace_back();
    }

    /// All of it, one part after the other.
    [[nodiscard]] std::vector<std::span<const std::byte>> parts() const {
        std::vector<std::span<const std::byte>> parts;
        for (const Piece& piece : pieces_)
            parts.push_back(piece.own.empty() ? piece.elsewhere : std::span<const std::byte>(piece.own));
        return parts;
    }

private:
    struct Piece {
        std::span<const std::byte> elsewhere;
        std::vector<std::byte> own;
    };
    void append(const void* data, std::size_t size) {
        std::vector<std::byte>& own = pieces_.back().own;
        const auto* first = static_cast<const std::byte*>(data);
        own.insert(own.end(), first, first + size);
        own.resize((own.size() + 7) / 8 * 8);
    }
    std::vector<Piece> pieces_ = std::vector<Piece>(1);
};

/// Reads what ByteWriter wrote, from memory at a multiple of 8. Past the end everything is empty and ok() false.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    template <class T>
    requires std::is_trivially_copyable_v<T>
    [[nodiscard]] T get() {
        T value{};
        if (const std::byte* at = take(sizeof(T))) std::memcpy(&value, at, sizeof(T));
        return value;
    }
    /// Where it lies.
    template <class T>
    requires std::is_trivially_copyable_v<T>
    [[nodiscard]] std::span<const T> get_array() {
        const auto count = get<uint64_t>();
        if (count > bytes_.size() / sizeof(T)) ok_ = false;
        const std::byte* at = ok_ ? take(count * sizeof(T)) : nullptr;
        if (at == nullptr) return {};
        return {reinterpret_cast<const T*>(at), static_cast<std::size_t>(count)};
    }
    [[nodiscard]] std::string get_text() {
        const auto text = get_array<char>();
        return {text.begin(), text.end()};
    }
    template <class T>
    [[nodiscard]] std::vector<T> get_vector() {
        const auto values = get_array<T>();
        return {values.begin(), values.end()};
    }
    [[nodiscard]] bool ok() const { return ok_; }

private:
    const std::byte* take(std::size_t size) {
        const std::size_t padded = (size + 7) / 8 * 8;
        if (!ok_ || padded < size || padded > bytes_.size() - at_) {
            ok_ = false;
            return nullptr;
        }
        const std::byte* at = bytes_.data() + at_;
        at_ += padded;
        return at;
    }
    std::span<const std::byte> bytes_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

}  // namespace diaban

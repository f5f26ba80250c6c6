// Reads one TOML table key by key, remembers the first thing that is wrong with it and where, and in the end complains
// about keys nobody asked for: a misspelt key must not be passed over in silence.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "style/colour.h"

namespace diaban {

/// Shared by all readers of one file: the first error stops nothing at once but is what reading returns.
struct TomlErrors {
    std::string file;
    std::optional<Error> first;
    void add(const toml::node* where, std::string what, std::string remedy = {});
};

class TomlReader {
public:
    TomlReader(const toml::table& table, TomlErrors& errors) : table_(table), errors_(errors) {}
    TomlReader(const TomlReader&) = delete;
    TomlReader& operator=(const TomlReader&) = delete;

    /// Each read leaves `into` as it is when the key is absent.
    void read(std::string_view key, std::string& into);
    void read(std::string_view key, bool& into);
    void read(std::string_view key, double& into);
    void read(std::string_view key, int& into);
    void read(std::string_view key, std::optional<int64_t>& into);
    void read(std::string_view key, Rgba& into);
    void read(std::string_view key, std::optional<Rgba>& into);
    void read(std::string_view key, std::vector<double>& into);

    [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }
    /// The key is there and is `false`: "none of it".
    [[nodiscard]] bool is_off(std::string_view key);
    /// The sub-table, or null (an error when something else stands there).
    [[nodiscard]] const toml::table* table(std::string_view key);
    /// The tables of an array of tables; empty when absent.
    [[nodiscard]] std::vector<const toml::table*> tables(std::string_view key);
    [[nodiscard]] const toml::node* node(std::string_view key);

    [[nodiscard]] TomlErrors& errors() { return errors_; }
    /// To be called last: keys that were not asked for are errors, with the nearest known name.
    void refuse_unknown_keys();

private:
    const toml::table& table_;
    TomlErrors& errors_;
    std::set<std::string, std::less<>> known_;
};

}  // namespace diaban

#include "workspace/toml_reader.h"

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"

namespace diaban {

void TomlErrors::add(const toml::node* where, std::string what, std::string remedy) {
    if (first) return;
    Place place{.file = file};
    if (where != nullptr && where->source().begin.line > 0)
        place.row = static_cast<int64_t>(where->source().begin.line);
    first = Error{ErrorKind::bad_input, std::move(what), std::move(place), std::move(remedy)};
}

namespace {

std::string expected(std::string_view key, const char* wanted) {
    return fmt::format(fmt::runtime(tr("\"{}\" has to be {}")), key, wanted);
}

/// Reads a value of type T, or says that `wanted` was expected.
template <class T, class Into>
void read_value(const toml::node* node, std::string_view key, Into& into, const char* wanted, TomlErrors& errors) {
    if (node == nullptr) return;
    if (const auto value = node->value<T>()) {
        into = static_cast<Into>(*value);
    } else {
        errors.add(node, expected(key, wanted));
    }
}

}  // namespace

const toml::node* TomlReader::node(std::string_view key) {
    known_.emplace(key);
    return table_.get(key);
}

void TomlReader::read(std::string_view key, std::string& into) {
    const auto* found = node(key);
    if (found == nullptr) return;
    if (const auto* text = found->as_string()) {
        into = to_nfc(text->get());
    } else {
        errors_.add(found, expected(key, tr("text in quotes")));
    }
}

void TomlReader::read(std::string_view key, bool& into) {
    read_value<bool>(node(key), key, into, tr("true or false"), errors_);
}

void TomlReader::read(std::string_view key, double& into) {
    read_value<double>(node(key), key, into, tr("a number"), errors_);
}

void TomlReader::read(std::string_view key, int& into) {
    read_value<int>(node(key), key, into, tr("a whole number"), errors_);
}

void TomlReader::read(std::string_view key, std::optional<int64_t>& into) {
    int64_t value = 0;
    if (node(key) == nullptr) return;
    read_value<int64_t>(node(key), key, value, tr("a whole number"), errors_);
    into = value;
}

void TomlReader::read(std::string_view key, Rgba& into) {
    const auto* found = node(key);
    if (found == nullptr) return;
    const auto* text = found->as_string();
    const auto colour = text != nullptr ? colour_from_hex(text->get()) : fail(ErrorKind::bad_input, {});
    if (colour) {
        into = *colour;
    } else {
        errors_.add(found, expected(key, tr("a colour such as \"#1f78b4\"")));
    }
}

void TomlReader::read(std::string_view key, std::optional<Rgba>& into) {
    if (node(key) == nullptr) return;
    Rgba colour;
    read(key, colour);
    into = colour;
}

void TomlReader::read(std::string_view key, std::vector<double>& into) {
    const auto* found = node(key);
    if (found == nullptr) return;
    const auto* array = found->as_array();
    if (array == nullptr) return errors_.add(found, expected(key, tr("a list of numbers")));
    std::vector<double> values;
    for (const auto& element : *array) {
        double value = 0;
        read_value<double>(&element, key, value, tr("a list of numbers"), errors_);
        values.push_back(value);
    }
    into = std::move(values);
}

bool TomlReader::is_off(std::string_view key) {
    const auto* found = node(key);
    return found != nullptr && found->value_or(true) == false;
}

const toml::table* TomlReader::table(std::string_view key) {
    const auto* found = node(key);
    if (found == nullptr) return nullptr;
    const auto* inner = found->as_table();
    if (inner == nullptr) errors_.add(found, expected(key, tr("a table")));
    return inner;
}

std::vector<const toml::table*> TomlReader::tables(std::string_view key) {
    std::vector<const toml::table*> found;
    const auto* list = node(key);
    if (list == nullptr) return found;
    const auto* array = list->as_array();
    if (array == nullptr) {
        errors_.add(list, expected(key, tr("a list of tables ([[…]])")));
        return found;
    }
    for (const auto& element : *array) {
        if (const auto* inner = element.as_table()) {
            found.push_back(inner);
        } else {
            errors_.add(&element, expected(key, tr("a list of tables ([[…]])")));
        }
    }
    return found;
}

void TomlReader::refuse_unknown_keys() {
    for (const auto& [key, value] : table_) {
        if (known_.contains(key.str())) continue;
        const auto nearest = nearest_word(key.str(), {known_.begin(), known_.end()});
        errors_.add(&value, fmt::format(fmt::runtime(tr("\"{}\" is no key that belongs here")), key.str()),
                    nearest.empty() ? std::string(tr("Remove it."))
                                    : fmt::format(fmt::runtime(tr("Did you mean \"{}\"?")), nearest));
    }
}

}  // namespace diaban

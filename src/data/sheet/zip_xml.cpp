#include "data/sheet/zip_xml.h"

#include <cpl_vsi.h>
#include <expat.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <type_traits>

#include "base/i18n.h"

namespace diaban {

namespace {

struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

struct CloseFile {
    void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

std::string_view without_prefix(const char* name) {
    const char* colon = std::strchr(name, ':');
    return colon ? colon + 1 : name;
}

const XmlHandlers& handlers_of(void* user) {
    return *static_cast<const XmlHandlers*>(user);
}

void on_open(void* user, const char* name, const char** attributes) {
    if (handlers_of(user).open) handlers_of(user).open(without_prefix(name), Attributes(attributes));
}

void on_close(void* user, const char* name) {
    if (handlers_of(user).close) handlers_of(user).close(without_prefix(name));
}

void on_text(void* user, const char* characters, int length) {
    if (handlers_of(user).text) handlers_of(user).text({characters, static_cast<std::size_t>(length)});
}

/// Spreadsheets shrink to a tenth, blank ones with formats to a fiftieth.
bool is_too_much(const std::string& zip, int64_t unpacked) {
    constexpr int64_t always = int64_t{256} << 20U, most_times = 200;
    VSIStatBufL status;
    return unpacked > always && VSIStatL(zip.c_str(), &status) == 0 &&
           unpacked / most_times > static_cast<int64_t>(status.st_size);
}

/// In braces, so that the zip's own name may be any.
std::string member_path(const std::string& zip, const std::string& member) {
    return fmt::format("/vsizip/{{{}}}/{}", zip, member);
}

}  // namespace

bool has_member(const std::string& zip, const std::string& member) {
    VSIStatBufL status;
    return VSIStatL(member_path(zip, member).c_str(), &status) == 0;
}

const char* Attributes::find(std::string_view name) const {
    for (const char** pair = pairs_; pair && *pair; pair += 2)
        if (name == *pair) return pair[1];
    return nullptr;
}

std::string Attributes::text(std::string_view name) const {
    const char* value = find(name);
    return value ? value : "";
}

int64_t Attributes::integer(std::string_view name, int64_t otherwise) const {
    const char* value = find(name);
    if (!value) return otherwise;
    int64_t number = otherwise;
    std::from_chars(value, value + std::strlen(value), number);
    return number;
}

Expected<bool> parse_zipped_xml(const std::string& zip, const std::string& member, const XmlHandlers& handlers,
                                const Place& where, Unpacked& unpacked, Progress& progress) {
    const auto damaged = [&](std::string_view reason) {
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("the file is damaged or incomplete ({})")),
                                fmt::format("{}: {}", member, reason)),
                    where, tr("Get the file again, or export it anew from the program that made it."));
    };
    const std::string path = member_path(zip, member);
    VSIStatBufL status;
    if (VSIStatL(path.c_str(), &status) != 0) return false;
    const std::unique_ptr<VSILFILE, CloseFile> file(VSIFOpenL(path.c_str(), "rb"));
    if (!file) return damaged(tr("it cannot be read"));
    const Parser parser(XML_ParserCreate(nullptr));
    DIABAN_CHECK(parser != nullptr);
    XML_SetUserData(parser.get(), const_cast<XmlHandlers*>(&handlers));
    XML_SetElementHandler(parser.get(), on_open, on_close);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    constexpr int64_t longest_tag = int64_t{8} << 20U;
    std::array<char, 65536> buffer{};
    int64_t read_bytes = 0;
    const auto too_much = [&] {
        return fail(ErrorKind::bad_input,
                    tr("the file unpacks to more than 200 times its size, as no spreadsheet does"), where,
                    tr("Ask whoever sent it what it is."));
    };
    if (is_too_much(zip, unpacked.bytes + static_cast<int64_t>(status.st_size))) return too_much();
    while (true) {
        if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
        const std::size_t count = VSIFReadL(buffer.data(), 1, buffer.size(), file.get());
        read_bytes += static_cast<int64_t>(count);
        unpacked.bytes += static_cast<int64_t>(count);
        if (is_too_much(zip, unpacked.bytes)) return too_much();
        const bool last = count < buffer.size();
        if (XML_Parse(parser.get(), buffer.data(), static_cast<int>(count), last ? 1 : 0) == XML_STATUS_ERROR)
            return damaged(XML_ErrorString(XML_GetErrorCode(parser.get())));
        // The parser begins again with each piece of a tag that is not complete.
        if (read_bytes - XML_GetCurrentByteIndex(parser.get()) > longest_tag) return damaged(tr("a tag has no end"));
        if (last) break;
    }
    if (read_bytes < static_cast<int64_t>(status.st_size)) return damaged(tr("it breaks off"));
    return true;
}

}  // namespace diaban

#include "data/gdal/gdal_handles.h"

#include <algorithm>
#include <mutex>

#include "base/text.h"

namespace diaban::gdal {

void set_up() {
    static std::once_flag once;
    std::call_once(once, [] { GDALAllRegister(); });
}

Messages::Messages() {
    CPLPushErrorHandlerEx(
        [](CPLErr severity, CPLErrorNum, const char* message) {
            static_cast<Messages*>(CPLGetErrorHandlerUserData())->take(severity, message);
        },
        this);
}

Messages::~Messages() {
    CPLPopErrorHandler();
}

void Messages::clear() {
    failures_.clear();
    warnings_.clear();
}

void Messages::take(CPLErr severity, const char* message) {
    constexpr std::size_t most = 8;
    auto& list = severity >= CE_Failure ? failures_ : warnings_;
    if (severity < CE_Warning || list.size() >= most) return;
    std::string text = trim(to_nfc(message));
    std::replace(text.begin(), text.end(), '\n', ' ');
    while (!text.empty() && text.back() == '.')
        text.pop_back();
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

ThreadOption::ThreadOption(const char* key, const char* value) : key_(key) {
    CPLSetThreadLocalConfigOption(key, value);
}

ThreadOption::~ThreadOption() {
    CPLSetThreadLocalConfigOption(key_, nullptr);
}

}  // namespace diaban::gdal

#include "geo/crs/proj_handles.h"

#include <stdexcept>

#include "base/text.h"

namespace diaban::proj {
namespace {

void be_quiet(void*, int, const char*) {}

void remember_first(void* text, int, const char* message) {
    auto& first = *static_cast<std::string*>(text);
    if (first.empty() && message) first = message;
}

}  // namespace

Context make_context() {
    Context context(proj_context_create());
    if (!context) throw std::runtime_error("PROJ: out of memory");
    // The same file gives the same map on every machine: grids come from the disk or not at all.
    proj_context_set_enable_network(context.get(), 0);
    proj_log_func(context.get(), nullptr, be_quiet);
    return context;
}

PJ_CONTEXT* thread_context() {
    thread_local const Context context = make_context();
    return context.get();
}

Complaint::Complaint(PJ_CONTEXT* context) : context_(context) {
    proj_log_level(context_, PJ_LOG_ERROR);
    proj_log_func(context_, &text_, remember_first);
}

Complaint::~Complaint() {
    proj_log_func(context_, nullptr, be_quiet);
}

std::string Complaint::text() const {
    const std::size_t colon = text_.find(": ");
    const bool prefixed = colon != std::string::npos && text_.starts_with("proj_");
    return trim(prefixed ? text_.substr(colon + 2) : text_);
}

}  // namespace diaban::proj

// PROJ objects that free themselves. For geo's own .cpp files: no other folder sees PROJ. Neither a context nor a PJ
// may be used by two threads at once; a PJ must not outlive its context.
#pragma once

#include <proj.h>
#include <proj_experimental.h>

#include <memory>
#include <string>

namespace diaban::proj {

struct ContextDeleter {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct PjDeleter {
    void operator()(PJ* pj) const { proj_destroy(pj); }
};
struct ListDeleter {
    void operator()(PJ_OBJ_LIST* list) const { proj_list_destroy(list); }
};
struct FactoryContextDeleter {
    void operator()(PJ_OPERATION_FACTORY_CONTEXT* context) const { proj_operation_factory_context_destroy(context); }
};
struct ConfidenceDeleter {
    void operator()(int* list) const { proj_int_list_destroy(list); }
};
using Context = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using Pj = std::unique_ptr<PJ, PjDeleter>;
using List = std::unique_ptr<PJ_OBJ_LIST, ListDeleter>;
using FactoryContext = std::unique_ptr<PJ_OPERATION_FACTORY_CONTEXT, FactoryContextDeleter>;
using Confidences = std::unique_ptr<int, ConfidenceDeleter>;

/// A context that neither prints nor goes to the network. Throws std::runtime_error when there is no memory for one.
[[nodiscard]] Context make_context();
/// This thread's own context, made at first use, for short work.
[[nodiscard]] PJ_CONTEXT* thread_context();

/// Remembers the first thing that PROJ complains about on a context, while it lives.
class Complaint {
public:
    explicit Complaint(PJ_CONTEXT* context);
    Complaint(const Complaint&) = delete;
    Complaint& operator=(const Complaint&) = delete;
    ~Complaint();
    /// Without PROJ's "proj_create:" before it; empty when it said nothing.
    [[nodiscard]] std::string text() const;

private:
    PJ_CONTEXT* context_;
    std::string text_;
};

}  // namespace diaban::proj

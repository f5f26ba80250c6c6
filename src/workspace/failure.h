// How it is said that the data of layers are not there.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "workspace/workspace.h"

namespace diaban {

/// The names of the layers that show or join a source, for people: "Communes, Coverage".
[[nodiscard]] std::string layers_that_need(const Workspace& workspace, const std::string& source);

[[nodiscard]] Diagnostic layer_failure(const std::string& file, const std::string& layers, std::string detail);

/// What went wrong and what to do, without the place, which the diagnostic names already.
[[nodiscard]] std::string without_place(const Error& error);

/// A saved query that makes a source and could not be carried out.
[[nodiscard]] Diagnostic query_failure(const Workspace& workspace, const SavedQuery& query, const Error& error);
/// Those that need their own answer.
[[nodiscard]] Diagnostics circle_failures(const Workspace& workspace);

}  // namespace diaban

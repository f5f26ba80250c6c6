// From the words of `diaban query` to a question.
#pragma once

#include <string>

#include "cli/query.h"
#include "query/query.h"
#include "workspace/workspace.h"

namespace diaban {

/// An error, and the text it points into: where error_position() is not 0, a mark is put under that character.
struct QuestionError {
    Error error;
    std::string text;
};

template <class T>
using Understood = tl::expected<T, QuestionError>;

/// Layers are looked for by id, by name and by the name of their file; the question names them by their ids. Errors
/// (wrong_usage): words of several kinds of questions, none at all; a layer or saved query that is not there.
[[nodiscard]] Understood<SavedQuery> question_of(const QuestionWords& words, const Workspace& workspace);

/// Errors (wrong_usage): there is none, with the nearest name; two have a file of that name.
[[nodiscard]] Expected<const Layer*> require_layer(const Workspace& workspace, const std::string& name);

}  // namespace diaban

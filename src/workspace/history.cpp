#include "workspace/history.h"

namespace diaban {

namespace {

bool same_but_for_view(Workspace a, const Workspace& b) {
    a.view = b.view;
    return a == b;
}

}  // namespace

void History::apply(Workspace next, std::string label, std::string merge) {
    if (same_but_for_view(next, current())) return;
    steps_.resize(at_ + 1);
    if (!merge.empty() && merge == merge_ && at_ > 0) {
        steps_[at_].value = std::move(next);
        return;
    }
    steps_.push_back({std::move(next), std::move(label)});
    if (steps_.size() > limit_) steps_.erase(steps_.begin());
    at_ = steps_.size() - 1;
    merge_ = std::move(merge);
}

void History::amend_view(const View& view) {
    steps_[at_].value.view = view;
}

void History::undo() {
    if (!can_undo()) return;
    // Looking elsewhere is no step: the view stays where it is.
    const View view = current().view;
    --at_;
    amend_view(view);
    seal();
}

void History::redo() {
    if (!can_redo()) return;
    const View view = current().view;
    ++at_;
    amend_view(view);
    seal();
}

bool History::unsaved() const {
    return !same_but_for_view(saved_part(current()), saved_part(saved_));
}

void History::reset(Workspace start) {
    steps_.clear();
    steps_.push_back({std::move(start), {}});
    at_ = 0;
    merge_.clear();
    saved_ = current();
}

}  // namespace diaban

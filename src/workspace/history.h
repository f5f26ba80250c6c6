// Undo and redo over workspace values.
#pragma once

#include <string>
#include <vector>

#include "workspace/workspace.h"

namespace diaban {

class History {
public:
    explicit History(Workspace start = {}) { reset(std::move(start)); }

    [[nodiscard]] const Workspace& current() const { return steps_[at_].value; }
    /// A new step, unless nothing changed. A step with the same non-empty `merge` key as the one before replaces it: a
    /// slider's drag is one step. `label` is what undo will name: "Change opacity".
    void apply(Workspace next, std::string label, std::string merge = {});
    /// Ends merging: the next apply makes a step of its own whatever its key.
    void seal() { merge_.clear(); }
    /// Changes the current value without a step (the view while panning).
    void amend_view(const View& view);

    [[nodiscard]] bool can_undo() const { return at_ > 0; }
    [[nodiscard]] bool can_redo() const { return at_ + 1 < steps_.size(); }
    [[nodiscard]] const std::string& undo_label() const { return steps_[at_].label; }
    [[nodiscard]] const std::string& redo_label() const { return steps_[at_ + 1].label; }
    void undo();
    void redo();

    /// Compared without the view and what is never saved: looking around is no change to save.
    [[nodiscard]] bool unsaved() const;
    void mark_saved() { saved_ = current(); }
    void reset(Workspace start);

private:
    struct Step {
        Workspace value;
        std::string label;
    };
    static constexpr std::size_t limit_ = 500;
    std::vector<Step> steps_;
    std::size_t at_ = 0;
    std::string merge_;
    Workspace saved_;
};

}  // namespace diaban

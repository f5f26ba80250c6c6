#include "base/progress.h"

#include "base/i18n.h"

namespace diaban {

void Progress::set_stage(std::string stage) {
    const std::scoped_lock lock(mutex_);
    stage_ = std::move(stage);
}

std::string Progress::stage() const {
    const std::scoped_lock lock(mutex_);
    return stage_;
}

Error cancelled_error() {
    return {ErrorKind::cancelled, tr("cancelled"), {}, {}};
}

}  // namespace diaban

// GDAL's C handles as unique pointers, its start-up, and its errors as values. Only data's .cpp files include this.
#pragma once

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>

namespace diaban::gdal {

struct CloseDataset {
    void operator()(GDALDatasetH dataset) const { GDALClose(dataset); }
};
struct DestroyFeature {
    void operator()(OGRFeatureH feature) const { OGR_F_Destroy(feature); }
};
struct DestroyGeometry {
    void operator()(OGRGeometryH geometry) const { OGR_G_DestroyGeometry(geometry); }
};
struct FreeText {
    void operator()(char* text) const { CPLFree(text); }
};

using Dataset = std::unique_ptr<std::remove_pointer_t<GDALDatasetH>, CloseDataset>;
using Feature = std::unique_ptr<std::remove_pointer_t<OGRFeatureH>, DestroyFeature>;
using Geometry = std::unique_ptr<std::remove_pointer_t<OGRGeometryH>, DestroyGeometry>;
using Text = std::unique_ptr<char, FreeText>;

/// Registers GDAL's drivers, once for the process. Every other call into GDAL comes after it.
void set_up();

/// While it lives, GDAL's messages of this thread are kept here instead of being printed.
class Messages {
public:
    Messages();
    ~Messages();
    Messages(const Messages&) = delete;
    Messages& operator=(const Messages&) = delete;

    /// Different messages, in order; at most a few.
    [[nodiscard]] const std::vector<std::string>& failures() const { return failures_; }
    [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }
    /// The first failure, as one line without a full stop; empty when there was none.
    [[nodiscard]] std::string first_failure() const { return failures_.empty() ? std::string() : failures_.front(); }
    void clear();

private:
    void take(CPLErr severity, const char* message);

    std::vector<std::string> failures_;
    std::vector<std::string> warnings_;
};

/// A GDAL option that holds for this thread while it lives.
class ThreadOption {
public:
    ThreadOption(const char* key, const char* value);
    ~ThreadOption();
    ThreadOption(const ThreadOption&) = delete;
    ThreadOption& operator=(const ThreadOption&) = delete;

private:
    const char* key_;
};

}  // namespace diaban::gdal

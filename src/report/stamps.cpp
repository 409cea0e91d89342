// SPDX-License-Identifier: Apache-2.0
#include "report/stamps.h"

namespace agate::report {

cairo_surface_t* Stamps::find_or_record(std::string_view key,
                                        Box extents,
                                        const std::function<void(cairo_t*)>& record) {
    if (const auto found = surfaces_.find(key); found != surfaces_.end()) {
        return found->second.get();
    }
    const cairo_rectangle_t area{extents.x, extents.y, extents.width, extents.height};
    std::unique_ptr<cairo_surface_t, Release> surface(
        cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &area));
    cairo_t* cairo = cairo_create(surface.get());
    record(cairo);
    cairo_destroy(cairo);
    return surfaces_.emplace(std::string{key}, std::move(surface)).first->second.get();
}

}  // namespace agate::report

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "report/pen.h"

namespace agate::report {

/// 18 mm, the least a phone reads with ease from paper.
inline constexpr double qr_least_size = 51.03;

/// Draws the text as a QR code, error level M, dark on white, at least 18 mm wide, with its upper
/// right corner at the place. Returns the side in points, 0 when the text is too long for one.
double draw_qr(const Pen& pen, Point upper_right, std::string_view text);

}  // namespace agate::report

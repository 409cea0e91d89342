// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/directory.h"
#include "app/portrait.h"
#include "base/json_writer.h"
#include "core/calendar.h"
#include "store/evidence.h"

// Pieces of JSON that several pages share (docs/api).
namespace agate::app {

void write_period(JsonWriter& json, const Period& period, Day today, Language language);
void write_contents(JsonWriter& json, const framework::Plan& plan, Language language);
void write_bands(JsonWriter& json, const framework::Plan& plan, Language language);
/// {"index","code","name"} or null.
void write_band(JsonWriter& json,
                const framework::Plan& plan,
                const framework::Node& node,
                std::optional<BandIndex> band,
                Language language);
/// Coverage as a share with two decimals, rounded down: 0.92.
void write_share(JsonWriter& json, std::string_view name, std::int32_t ppm);

/// A record as people read it. The author's name is given where the rater may be known.
struct ShownRecord {
    const store::EvidenceRecord& record;
    const store::EvidenceContent& content;
    std::string author_name;
    std::optional<Decimal> credited;
    std::string voided_reason;
    std::optional<Day> voided_day;
};

void write_record(JsonWriter& json,
                  const framework::Plan& plan,
                  const DayRange& period,
                  const ShownRecord& shown,
                  Language language);

/// An award's level or a mark's band in words; the label itself where the framework has no words.
[[nodiscard]] std::string label_name(const framework::Plan& plan,
                                     std::string_view label,
                                     Language language);
[[nodiscard]] std::string reason_name(const framework::Plan& plan,
                                      std::string_view reason,
                                      Language language);

}  // namespace agate::app

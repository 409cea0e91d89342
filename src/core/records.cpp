// SPDX-License-Identifier: Apache-2.0
#include "core/records.h"

#include <limits>

#include "base/error.h"

namespace agate {
namespace {

constexpr std::size_t most_reasons = 65'536;
constexpr unsigned has_value_bit = 0x4000;
constexpr unsigned is_wide_bit = 0x8000;

/// A label and an activity as one key; neither holds a zero byte.
void make_key(std::string& key, std::string_view label, std::string_view activity) {
    key.assign(label);
    key += '\0';
    key += activity;
}

}  // namespace

RecordPacker::RecordPacker(DayRange period) : RecordPacker(period, RecordWords{}) {}

RecordPacker::RecordPacker(DayRange period, RecordWords words)
    : period_(period), words_(std::move(words)) {
    if (period.to - period.from >= Record::most_days) {
        throw Error(ErrorKind::invalid, "period_too_long");
    }
    for (std::size_t i = 0; i < words_.reasons.size(); ++i) {
        reasons_.emplace(words_.reasons[i], static_cast<std::uint16_t>(i));
    }
    for (std::size_t i = 0; i < words_.tags.size(); ++i) {
        make_key(key_, words_.tags[i].label, words_.tags[i].activity);
        tags_.emplace(key_, static_cast<std::uint32_t>(i));
    }
    for (std::size_t i = 0; i < words_.raters.size(); ++i) {
        raters_.emplace(words_.raters[i].value, static_cast<std::uint32_t>(i));
    }
}

Record RecordPacker::pack(const Evidence& evidence) {
    ensure(period_.contains(evidence.day), "a packed record lies in its period");
    Record record;
    record.reason = number_of_reason(evidence.reason);
    record.tag = evidence.label.empty() && evidence.activity.empty()
                     ? 0
                     : number_of_tag(evidence.label, evidence.activity);
    record.rater = number_of_rater(evidence.rater);
    record.bits = static_cast<std::uint16_t>(evidence.day - period_.from) |
                  static_cast<std::uint16_t>(static_cast<unsigned>(evidence.rater_kind) << 11U);
    if (evidence.value) {
        put_value(record, *evidence.value);
    }
    return record;
}

void RecordPacker::put_value(Record& record, Decimal value) {
    constexpr std::int64_t limit = std::numeric_limits<std::int32_t>::max();
    const auto milli = value.milli();
    unsigned bits = has_value_bit;
    if (milli && *milli <= limit && *milli >= -limit) {
        record.value = static_cast<std::int32_t>(*milli);
    } else {
        bits |= is_wide_bit;
        record.value = static_cast<std::int32_t>(words_.wide.size());
        words_.wide.push_back(value);
    }
    record.bits = static_cast<std::uint16_t>(record.bits | bits);
}

std::uint16_t RecordPacker::number_of_reason(std::string_view reason) {
    const auto found = reasons_.find(reason);
    if (found != reasons_.end()) {
        return found->second;
    }
    if (words_.reasons.size() == most_reasons) {
        throw Error(ErrorKind::too_large, "too_many_words");
    }
    const auto number = static_cast<std::uint16_t>(words_.reasons.size());
    words_.reasons.emplace_back(reason);
    reasons_.emplace(reason, number);
    return number;
}

std::uint32_t RecordPacker::number_of_tag(std::string_view label, std::string_view activity) {
    make_key(key_, label, activity);
    const auto [found, is_new] =
        tags_.try_emplace(key_, static_cast<std::uint32_t>(words_.tags.size()));
    if (is_new) {
        words_.tags.push_back({std::string(label), std::string(activity)});
    }
    return found->second;
}

std::uint32_t RecordPacker::number_of_rater(RaterTag rater) {
    const auto [found, is_new] =
        raters_.try_emplace(rater.value, static_cast<std::uint32_t>(words_.raters.size()));
    if (is_new) {
        words_.raters.push_back(rater);
    }
    return found->second;
}

}  // namespace agate

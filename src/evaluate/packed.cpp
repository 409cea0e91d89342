// SPDX-License-Identifier: Apache-2.0
#include "evaluate/packed.h"

#include <array>

// The packed form: format number; facts of the subject; count of records; the school's part; then
// 0, or 1 and the national part. A part: count of nodes, each node's value; count of leaves with
// records, each with its places (as steps from the one before) and its clips.
namespace agate::evaluate {
namespace {

constexpr std::uint8_t format_number = 2;
constexpr std::string_view unreadable = "result_unreadable";

enum ValueFlag : unsigned {
    has_score_flag = 1,
    has_band_flag = 2,
    has_computed_band_flag = 4,
    is_exempt_flag = 8,
    has_coverage_flag = 16,
    has_full_coverage_flag = 32,
    has_records_flag = 64,
};

unsigned flag_if(bool condition, unsigned flag) {
    return condition ? flag : 0;
}

/// Nanos of one unit in the last of so many decimals.
constexpr std::array<std::int64_t, 10> units{
    1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};

/// The shortest decimals of a value; most are 0 or 1.
std::uint64_t decimals_of(std::int64_t nano) {
    std::uint64_t decimals = 0;
    while (nano % units[decimals] != 0) {
        ++decimals;
    }
    return decimals;
}

/// mantissa * 10 + decimals, the mantissa zigzag: one to three bytes for a score.
void put_decimal(ByteWriter& out, std::int64_t nano) {
    const std::uint64_t decimals = decimals_of(nano);
    const std::uint64_t mantissa = ByteWriter::zigzag(nano / units[decimals]);
    constexpr std::uint64_t most = UINT64_MAX / 10 - 1;
    if (mantissa <= most) {
        out.put_number(mantissa * 10 + decimals);
    } else {
        out.put_number(UINT64_MAX);
        out.put_signed(nano);
    }
}

std::int64_t take_decimal(ByteReader& in) {
    const std::uint64_t packed = in.take_number();
    if (packed == UINT64_MAX) {
        return in.take_signed();
    }
    const std::uint64_t zigzag = packed / 10;
    const auto mantissa =
        static_cast<std::int64_t>(zigzag >> 1U) ^ -static_cast<std::int64_t>(zigzag & 1U);
    std::int64_t nano = 0;
    if (__builtin_mul_overflow(mantissa, units[packed % 10], &nano)) {
        in.fail();
    }
    return nano;
}

void put_value(ByteWriter& out, const NodeValue& value) {
    const bool is_full = value.coverage_ppm == full_coverage;
    const bool is_partial = value.coverage_ppm != 0 && !is_full;
    const bool has_band = value.band != NodeValue::no_band;
    const bool has_computed = value.computed_band != NodeValue::no_band;
    out.put_byte(static_cast<std::uint8_t>(
        flag_if(value.has_score, has_score_flag) | flag_if(has_band, has_band_flag) |
        flag_if(has_computed, has_computed_band_flag) | flag_if(value.is_exempt, is_exempt_flag) |
        flag_if(is_partial, has_coverage_flag) | flag_if(is_full, has_full_coverage_flag) |
        flag_if(value.record_count != 0, has_records_flag)));
    if (value.has_score) {
        put_decimal(out, value.score);
    }
    if (has_band) {
        out.put_byte(static_cast<std::uint8_t>(value.band));
    }
    if (has_computed) {
        out.put_byte(static_cast<std::uint8_t>(value.computed_band));
    }
    if (is_partial) {
        out.put_signed(value.coverage_ppm);
    }
    if (value.record_count != 0) {
        out.put_signed(value.record_count);
    }
}

std::int32_t take_int32(ByteReader& in) {
    const std::int64_t number = in.take_signed();
    if (number != static_cast<std::int32_t>(number)) {
        in.fail();
    }
    return static_cast<std::int32_t>(number);
}

BandIndex take_band(ByteReader& in) {
    const std::uint8_t band = in.take_byte();
    if (band > 127) {
        in.fail();
    }
    return static_cast<BandIndex>(band);
}

NodeValue take_value(ByteReader& in) {
    const unsigned flags = in.take_byte();
    if (flags > 127) {
        in.fail();
    }
    NodeValue value;
    value.has_score = (flags & has_score_flag) != 0;
    value.is_exempt = (flags & is_exempt_flag) != 0;
    if (value.has_score) {
        value.score = take_decimal(in);
    }
    if ((flags & has_band_flag) != 0) {
        value.band = take_band(in);
    }
    if ((flags & has_computed_band_flag) != 0) {
        value.computed_band = take_band(in);
    }
    if ((flags & has_coverage_flag) != 0) {
        value.coverage_ppm = take_int32(in);
    } else if ((flags & has_full_coverage_flag) != 0) {
        value.coverage_ppm = full_coverage;
    }
    if ((flags & has_records_flag) != 0) {
        value.record_count = take_int32(in);
    }
    return value;
}

void put_days(ByteWriter& out, DayRange days) {
    out.put_signed(days.from.number);
    out.put_signed(days.to - days.from);
}

DayRange take_days(ByteReader& in) {
    const Day from{take_int32(in)};
    const std::int64_t to = std::int64_t{from.number} + take_int32(in);
    if (to != static_cast<std::int32_t>(to)) {
        in.fail();
    }
    return {from, {static_cast<std::int32_t>(to)}};
}

void put_subject(ByteWriter& out, const Subject& subject) {
    out.put_byte(subject.sex == Sex::male ? 0 : 1);
    out.put_signed(subject.grade);
    out.put_number(subject.belongs.size());
    for (const DayRange& days : subject.belongs) {
        put_days(out, days);
    }
    out.put_number(subject.grades.size());
    for (const auto& change : subject.grades) {
        out.put_signed(change.from.number);
        out.put_signed(change.grade);
    }
    out.put_number(subject.exempt.size());
    for (const NodeIndex node : subject.exempt) {
        out.put_signed(node);
    }
}

Subject take_subject(ByteReader& in) {
    Subject subject;
    const std::uint8_t sex = in.take_byte();
    if (sex > 1) {
        in.fail();
    }
    subject.sex = sex == 0 ? Sex::male : Sex::female;
    subject.grade = take_int32(in);
    for (std::size_t left = in.take_count(2); left > 0; --left) {
        subject.belongs.push_back(take_days(in));
    }
    for (std::size_t left = in.take_count(2); left > 0; --left) {
        const Day from{take_int32(in)};
        subject.grades.push_back({from, take_int32(in)});
    }
    for (std::size_t left = in.take_count(); left > 0; --left) {
        subject.exempt.push_back(take_int32(in));
    }
    return subject;
}

void put_places(ByteWriter& out, std::span<const std::uint32_t> places) {
    out.put_number(places.size());
    std::uint32_t before = 0;
    for (const std::uint32_t place : places) {
        out.put_number(place - before);
        before = place;
    }
}

void put_clips(ByteWriter& out, std::span<const Clip> clips) {
    out.put_number(clips.size());
    for (const Clip& clip : clips) {
        out.put_number(clip.place);
        put_decimal(out, clip.credited.nano());
    }
}

std::uint32_t take_uint32(ByteReader& in) {
    const std::uint64_t number = in.take_number();
    if (number > UINT32_MAX) {
        in.fail();
    }
    return static_cast<std::uint32_t>(number);
}

LeafTrace take_leaf(ByteReader& in) {
    LeafTrace leaf;
    leaf.node = static_cast<NodeIndex>(take_int32(in));
    std::uint64_t place = 0;
    for (std::size_t left = in.take_count(); left > 0; --left) {
        place += take_uint32(in);
        if (place > UINT32_MAX) {
            in.fail();
        }
        leaf.records.push_back(static_cast<std::uint32_t>(place));
    }
    for (std::size_t left = in.take_count(2); left > 0; --left) {
        const std::uint32_t at = take_uint32(in);
        leaf.clips.push_back(
            {.leaf = 0, .place = at, .credited = Decimal::from_nano(take_decimal(in))});
    }
    return leaf;
}

std::vector<NodeValue> take_values(ByteReader& in) {
    std::vector<NodeValue> values(in.take_count());
    for (NodeValue& value : values) {
        value = take_value(in);
    }
    return values;
}

std::vector<LeafTrace> take_leaves(ByteReader& in) {
    std::vector<LeafTrace> leaves;
    for (std::size_t left = in.take_count(3); left > 0; --left) {
        leaves.push_back(take_leaf(in));
    }
    return leaves;
}

/// Reads up to the school's part.
PackedResult take_head(ByteReader& in) {
    if (in.take_byte() != format_number) {
        in.fail();
    }
    PackedResult result;
    result.subject = take_subject(in);
    result.record_count = take_uint32(in);
    return result;
}

bool take_is_alike(ByteReader& in) {
    const std::uint8_t follows = in.take_byte();
    if (follows > 1) {
        in.fail();
    }
    return follows == 0;
}

void put_again(ByteWriter& out, const EvaluationPart& part) {
    out.put_number(part.values.size());
    for (const NodeValue& value : part.values) {
        put_value(out, value);
    }
    out.put_number(part.leaves.size());
    for (const LeafTrace& leaf : part.leaves) {
        out.put_signed(leaf.node);
        put_places(out, leaf.records);
        put_clips(out, leaf.clips);
    }
}

}  // namespace

void ResultPacker::put_part(Evaluator& evaluator,
                            const Subject& subject,
                            std::span<const Record> records) {
    const auto values = evaluator.run(subject, records);
    out_.put_number(values.size());
    for (const NodeValue& value : values) {
        put_value(out_, value);
    }
    const auto leaves = evaluator.program().leaves();
    std::size_t with_records = 0;
    for (std::size_t slot = 0; slot < leaves.size(); ++slot) {
        with_records += evaluator.records_of(static_cast<std::int32_t>(slot)).empty() ? 0 : 1;
    }
    out_.put_number(with_records);
    auto clips = evaluator.clips();
    for (std::size_t slot = 0; slot < leaves.size(); ++slot) {
        const auto places = evaluator.records_of(static_cast<std::int32_t>(slot));
        if (places.empty()) {
            continue;
        }
        std::size_t mine = 0;
        while (mine < clips.size() && clips[mine].leaf == static_cast<std::int32_t>(slot)) {
            ++mine;
        }
        out_.put_signed(leaves[slot].node);
        put_places(out_, places);
        put_clips(out_, clips.first(mine));
        clips = clips.subspan(mine);
    }
}

std::string ResultPacker::pack(Evaluator& school,
                               Evaluator* national,
                               const Subject& subject,
                               std::span<const Record> records) {
    out_.clear();
    out_.put_byte(format_number);
    put_subject(out_, subject);
    out_.put_number(records.size());
    put_part(school, subject, records);
    out_.put_byte(national == nullptr ? 0 : 1);
    if (national != nullptr) {
        put_part(*national, subject, records);
    }
    return std::string(out_.bytes());
}

PackedResult unpack_result(std::string_view bytes) {
    ByteReader in(bytes, unreadable);
    PackedResult result = take_head(in);
    result.school.values = take_values(in);
    result.school.leaves = take_leaves(in);
    result.is_national_alike = take_is_alike(in);
    if (result.is_national_alike) {
        result.national = result.school;
    } else {
        result.national.values = take_values(in);
        result.national.leaves = take_leaves(in);
    }
    if (!in.at_end()) {
        in.fail();
    }
    return result;
}

std::vector<NodeValue> unpack_values(std::string_view bytes) {
    ByteReader in(bytes, unreadable);
    static_cast<void>(take_head(in));
    return take_values(in);
}

std::vector<NodeValue> unpack_national_values(std::string_view bytes) {
    return unpack_result(bytes).national.values;
}

std::string pack_again(const PackedResult& result) {
    ByteWriter out;
    out.put_byte(format_number);
    put_subject(out, result.subject);
    out.put_number(result.record_count);
    put_again(out, result.school);
    out.put_byte(result.is_national_alike ? 0 : 1);
    if (!result.is_national_alike) {
        put_again(out, result.national);
    }
    return out.take();
}

}  // namespace agate::evaluate

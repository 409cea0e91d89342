// SPDX-License-Identifier: Apache-2.0
#include "core/result.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <utility>

#include "base/byte_stream.h"

// The packed form: format number, subject, count of nodes; then the summary of every node; then the
// reasons of every node. Ids and words stand where they first appear and are numbers afterwards.
namespace agate {

namespace {

constexpr std::uint8_t format_number = 1;
constexpr std::string_view unreadable = "result_unreadable";
constexpr std::int32_t full_coverage = 1'000'000;

enum NodeFlag : unsigned {
    has_score = 1,
    has_band = 2,
    has_computed_band = 4,
    is_exempt_flag = 8,
    is_out_of_order = 16,
    has_coverage = 32,
    has_full_coverage = 64,
    has_records = 128,
};

enum InputFlag : unsigned {
    has_given = 1,
    has_credited = 2,
    is_credited_in_full = 4,
    has_weight = 8,
    has_label = 16,
};

/// Most values are small, not negative and have few decimals: mantissa * 11 + decimals is then one
/// or two bytes. In place of the decimals, 10 stands for what has no such form.
constexpr std::uint64_t decimal_base = 11;
constexpr std::uint64_t negative_follows = 10;
constexpr std::uint64_t nanos_follow = decimal_base + 10;

/// Nanos of one unit in the last of so many decimals.
constexpr std::array<std::int64_t, 10> units = {
    1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};

void put_decimal(ByteWriter& out, Decimal value) {
    const auto decimals = static_cast<std::size_t>(value.decimals());
    const std::int64_t mantissa = value.nano() / units[decimals];
    constexpr std::int64_t limit =
        std::numeric_limits<std::int64_t>::max() / static_cast<std::int64_t>(decimal_base) - 1;
    if (mantissa > limit || mantissa < -limit) {
        out.put_number(nanos_follow);
        out.put_signed(value.nano());
        return;
    }
    if (mantissa < 0) {
        out.put_number(negative_follows);
    }
    const auto magnitude = static_cast<std::uint64_t>(mantissa < 0 ? -mantissa : mantissa);
    out.put_number(magnitude * decimal_base + decimals);
}

Decimal take_decimal(ByteReader& in) {
    std::uint64_t packed = in.take_number();
    if (packed == nanos_follow) {
        return Decimal::from_nano(in.take_signed());
    }
    const bool is_negative = packed == negative_follows;
    if (is_negative) {
        packed = in.take_number();
    }
    const std::uint64_t decimals = packed % decimal_base;
    std::int64_t nano = 0;
    if (decimals >= units.size() ||
        __builtin_mul_overflow(packed / decimal_base, units[decimals], &nano)) {
        in.fail();
    }
    return Decimal::from_nano(is_negative ? -nano : nano);
}

unsigned flag_if(bool condition, unsigned flag) {
    return condition ? flag : 0;
}

void put_summary(ByteWriter& out, const NodeResult& node, NodeIndex position) {
    const bool is_full = node.coverage_ppm == full_coverage;
    const bool is_partial = node.coverage_ppm != 0 && !is_full;
    const unsigned flags =
        flag_if(node.score.has_value(), has_score) | flag_if(node.band.has_value(), has_band) |
        flag_if(node.computed_band.has_value(), has_computed_band) |
        flag_if(node.is_exempt, is_exempt_flag) | flag_if(node.node != position, is_out_of_order) |
        flag_if(is_partial, has_coverage) | flag_if(is_full, has_full_coverage) |
        flag_if(node.record_count != 0, has_records);
    out.put_byte(static_cast<std::uint8_t>(flags));
    if (node.node != position) {
        out.put_signed(node.node);
    }
    if (node.score) {
        put_decimal(out, *node.score);
    }
    if (node.band) {
        out.put_byte(static_cast<std::uint8_t>(*node.band));
    }
    if (node.computed_band) {
        out.put_byte(static_cast<std::uint8_t>(*node.computed_band));
    }
    if (is_partial) {
        out.put_signed(node.coverage_ppm);
    }
    if (node.record_count != 0) {
        out.put_signed(node.record_count);
    }
}

std::int32_t take_int32(ByteReader& in) {
    const std::int64_t number = in.take_signed();
    if (number != static_cast<std::int32_t>(number)) {
        in.fail();
    }
    return static_cast<std::int32_t>(number);
}

/// Everything but inputs and notes.
struct SummaryPart {
    NodeSummary summary;
    NodeIndex node = 0;
    std::optional<BandIndex> computed_band;
    bool is_exempt = false;
};

SummaryPart take_summary(ByteReader& in, std::size_t position) {
    SummaryPart part;
    const unsigned flags = in.take_byte();
    const auto has = [flags](NodeFlag flag) { return (flags & flag) != 0; };
    part.node = has(is_out_of_order) ? take_int32(in) : static_cast<NodeIndex>(position);
    if (has(has_score)) {
        part.summary.score = take_decimal(in);
    }
    if (has(has_band)) {
        part.summary.band = static_cast<BandIndex>(in.take_byte());
    }
    if (has(has_computed_band)) {
        part.computed_band = static_cast<BandIndex>(in.take_byte());
    }
    part.is_exempt = has(is_exempt_flag);
    if (has(has_coverage)) {
        part.summary.coverage_ppm = take_int32(in);
    } else if (has(has_full_coverage)) {
        part.summary.coverage_ppm = full_coverage;
    }
    if (has(has_records)) {
        part.summary.record_count = take_int32(in);
    }
    return part;
}

/// Numbers things from 1 in the order in which they first come. An open hash table over one vector:
/// most results hold a few hundred ids, and a node for each would cost more than all the rest.
template <class Thing>
class Numbering {
public:
    /// 0 when the thing is new.
    std::uint64_t number(const Thing& thing) {
        if (2 * (things_.size() + 1) > slots_.size()) {
            grow();
        }
        std::uint32_t& slot = find(thing);
        if (slot != 0) {
            return slot;
        }
        things_.push_back(thing);
        slot = static_cast<std::uint32_t>(things_.size());
        return 0;
    }

private:
    std::uint32_t& find(const Thing& thing) {
        std::size_t at = std::hash<Thing>{}(thing);
        while (true) {
            at &= slots_.size() - 1;
            std::uint32_t& slot = slots_[at];
            if (slot == 0 || things_[slot - 1] == thing) {
                return slot;
            }
            ++at;
        }
    }

    void grow() {
        slots_.assign(std::max<std::size_t>(64, 4 * slots_.size()), 0);
        for (std::size_t i = 0; i < things_.size(); ++i) {
            find(things_[i]) = static_cast<std::uint32_t>(i + 1);
        }
    }

    std::vector<std::uint32_t> slots_;
    std::vector<Thing> things_;
};

/// Writes reasons; numbers ids and words in the order in which they first appear.
class ReasonWriter {
public:
    explicit ReasonWriter(ByteWriter& out) : out_(out) {}

    void put(const NodeResult& node) {
        out_.put_number(node.inputs.size() * 2 + (node.notes.empty() ? 0 : 1));
        for (const auto& input : node.inputs) {
            put_input(input);
        }
        if (!node.notes.empty()) {
            out_.put_number(node.notes.size());
        }
        for (const auto& note : node.notes) {
            put_word(note.code);
            out_.put_number(note.args.size());
            for (const auto& arg : note.args) {
                put_word(arg.name);
                out_.put_text(arg.value);
            }
            put_ids(note.evidence);
        }
    }

private:
    void put_input(const ReasonInput& input) {
        const bool is_in_full = input.credited.has_value() && input.credited == input.given;
        const unsigned flags = flag_if(input.given.has_value(), has_given) |
                               flag_if(input.credited.has_value() && !is_in_full, has_credited) |
                               flag_if(is_in_full, is_credited_in_full) |
                               flag_if(input.weight.has_value(), has_weight) |
                               flag_if(!input.label.empty(), has_label);
        out_.put_byte(static_cast<std::uint8_t>(flags));
        if (!input.label.empty()) {
            put_word(input.label);
        }
        if (input.given) {
            put_decimal(out_, *input.given);
        }
        if (input.credited && !is_in_full) {
            put_decimal(out_, *input.credited);
        }
        if (input.weight) {
            put_decimal(out_, *input.weight);
        }
        put_ids(input.evidence);
    }

    /// 0 and the thing itself when it is new, else its number from 1.
    void put_ids(const std::vector<EvidenceId>& ids) {
        out_.put_number(ids.size());
        for (const auto& id : ids) {
            const std::uint64_t number = ids_.number(id);
            out_.put_number(number);
            if (number == 0) {
                out_.put_bytes({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
            }
        }
    }

    void put_word(std::string_view word) {
        const std::uint64_t number = words_.number(word);
        out_.put_number(number);
        if (number == 0) {
            out_.put_text(word);
        }
    }

    ByteWriter& out_;
    Numbering<EvidenceId> ids_;
    Numbering<std::string_view> words_;
};

template <class Id>
Id take_id(ByteReader& in) {
    Id id;
    const std::string_view bytes = in.take_bytes(id.bytes.size());
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    return id;
}

class ReasonReader {
public:
    explicit ReasonReader(ByteReader& in) : in_(in) {}

    void take(NodeResult& node) {
        const std::uint64_t head = in_.take_number();
        node.inputs.resize(in_.check_count(head / 2, 2));
        for (auto& input : node.inputs) {
            take_input(input);
        }
        node.notes.resize(head % 2 == 0 ? 0 : in_.take_count(3));
        for (auto& note : node.notes) {
            note.code = take_word();
            note.args.resize(in_.take_count(2));
            for (auto& arg : note.args) {
                arg.name = take_word();
                arg.value = in_.take_text();
            }
            note.evidence = take_ids();
        }
    }

private:
    void take_input(ReasonInput& input) {
        const unsigned flags = in_.take_byte();
        const auto has = [flags](InputFlag flag) { return (flags & flag) != 0; };
        if (has(has_label)) {
            input.label = take_word();
        }
        if (has(has_given)) {
            input.given = take_decimal(in_);
        }
        if (has(has_credited)) {
            input.credited = take_decimal(in_);
        } else if (has(is_credited_in_full)) {
            input.credited = input.given;
        }
        if (has(has_weight)) {
            input.weight = take_decimal(in_);
        }
        input.evidence = take_ids();
    }

    std::vector<EvidenceId> take_ids() {
        std::vector<EvidenceId> ids(in_.take_count());
        for (auto& id : ids) {
            const std::uint64_t number = in_.take_number();
            if (number > ids_.size()) {
                in_.fail();
            }
            if (number == 0) {
                ids_.push_back(take_id<EvidenceId>(in_));
            }
            id = number == 0 ? ids_.back() : ids_[number - 1];
        }
        return ids;
    }

    std::string_view take_word() {
        const std::uint64_t number = in_.take_number();
        if (number > words_.size()) {
            in_.fail();
        }
        if (number == 0) {
            words_.push_back(in_.take_text());
            return words_.back();
        }
        return words_[number - 1];
    }

    ByteReader& in_;
    std::vector<EvidenceId> ids_;
    std::vector<std::string_view> words_;
};

/// The reader at the first node, and how many nodes there are.
std::size_t take_head(ByteReader& in, PersonId& subject) {
    if (in.take_byte() != format_number) {
        in.fail();
    }
    subject = take_id<PersonId>(in);
    return in.take_count(2);  // flags and the head of the reasons, at least
}

}  // namespace

std::string pack_result(const SubjectResult& result) {
    ByteWriter out;
    out.reserve(64 + result.nodes.size() * 32);
    out.put_byte(format_number);
    const auto& subject = result.subject.bytes;
    out.put_bytes({reinterpret_cast<const char*>(subject.data()), subject.size()});
    out.put_number(result.nodes.size());
    NodeIndex position = 0;
    for (const auto& node : result.nodes) {
        put_summary(out, node, position++);
    }
    ReasonWriter reasons(out);
    for (const auto& node : result.nodes) {
        reasons.put(node);
    }
    return out.take();
}

SubjectResult unpack_result(std::string_view bytes) {
    ByteReader in(bytes, unreadable);
    SubjectResult result;
    result.nodes.resize(take_head(in, result.subject));
    for (std::size_t i = 0; i < result.nodes.size(); ++i) {
        const auto part = take_summary(in, i);
        auto& node = result.nodes[i];
        node.node = part.node;
        node.score = part.summary.score;
        node.band = part.summary.band;
        node.computed_band = part.computed_band;
        node.coverage_ppm = part.summary.coverage_ppm;
        node.is_exempt = part.is_exempt;
        node.record_count = part.summary.record_count;
    }
    ReasonReader reasons(in);
    for (auto& node : result.nodes) {
        reasons.take(node);
    }
    // The contract is exact: bytes that read as a result but that pack_result would write otherwise
    // (an unused flag, a word given twice) are no result.
    if (!in.at_end() || pack_result(result) != bytes) {
        in.fail();
    }
    return result;
}

std::vector<NodeSummary> unpack_summary(std::string_view bytes) {
    ByteReader in(bytes, unreadable);
    PersonId subject;
    std::vector<NodeSummary> summaries(take_head(in, subject));
    for (std::size_t i = 0; i < summaries.size(); ++i) {
        summaries[i] = take_summary(in, i).summary;
    }
    return summaries;
}

PossibleRange possible_range(Decimal score, std::int32_t coverage_ppm, int decimals) {
    constexpr Int128 hundred = Int128{100} * Decimal::one;
    const Int128 covered = Int128{score.nano()} * coverage_ppm;
    const Int128 missing = hundred * (full_coverage - coverage_ppm);
    return {.low = divide_half_up(covered, full_coverage, decimals),
            .high = divide_half_up(covered + missing, full_coverage, decimals)};
}

}  // namespace agate

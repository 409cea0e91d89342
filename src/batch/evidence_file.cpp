// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <numeric>
#include <tuple>

#include "base/text.h"
#include "batch/case_files.h"
#include "batch/table_reader.h"

namespace agate::batch {
namespace {

enum Column : std::size_t {
    subject,
    reason,
    day,
    value,
    label,
    activity,
    rater,
    rater_kind,
    recorded_at,
    id,
    state
};

constexpr ColumnRule columns[] = {{"subject", true},
                                  {"reason", true},
                                  {"day", true},
                                  {"value"},
                                  {"label"},
                                  {"activity"},
                                  {"rater"},
                                  {"rater_kind"},
                                  {"recorded_at"},
                                  {"id"},
                                  {"state"}};

/// A number in the id's last eight bytes: numbers order as numbers do, before all UUIDs.
EvidenceId id_of(std::uint64_t number) {
    EvidenceId made;
    for (int i = 0; i < 8; ++i) {
        made.bytes[static_cast<std::size_t>(15 - i)] = static_cast<std::uint8_t>(number >> (8 * i));
    }
    return made;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = fault == std::errc{} && end == text.data() + text.size();
    return is_whole ? std::optional{number} : std::nullopt;
}

/// "2026-09-07T14:05:00" or with a blank, or "14:05" of the record's day; local time. Only the
/// order matters, so that no time zone is asked for.
std::optional<Instant> parse_time(std::string_view text, Day on) {
    if (text.empty()) {
        return Instant{std::int64_t{on.number} * 86'400'000'000};
    }
    Day date = on;
    if (text.size() > 10 && (text[10] == 'T' || text[10] == ' ')) {
        const auto parsed = parse_day(text.substr(0, 10));
        if (!parsed) {
            return std::nullopt;
        }
        date = *parsed;
        text.remove_prefix(11);
    }
    const auto parts = split(text, ':');
    std::int64_t seconds = 0;
    if (parts.size() < 2 || parts.size() > 3) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < 3; ++i) {
        const auto number =
            i < parts.size() ? parse_number(parts[i]) : std::optional{std::uint64_t{0}};
        if (!number || *number > (i == 0 ? 23U : 59U)) {
            return std::nullopt;
        }
        seconds = seconds * 60 + static_cast<std::int64_t>(*number);
    }
    return Instant{(std::int64_t{date.number} * 86'400 + seconds) * 1'000'000};
}

/// One record with what sorts it.
struct Row {
    std::uint32_t owner = 0;
    Day on;
    Instant at;
    EvidenceId evidence_id;
    Record record;
};

class Reader {
public:
    Reader(TableReader& table, const Roster& roster, const DayRange& period)
        : table_(table), roster_(roster), period_(period), packer_(period) {}

    void read_row() {
        ++data_row_;
        const auto owner = roster_.numbers.find(std::string(table_.cell(subject)));
        if (owner == roster_.numbers.end()) {
            table_.fault(subject, "evidence_subject_unknown");
            return;
        }
        const auto on = parse_day(table_.cell(day));
        if (!on) {
            table_.fault(day, "table_day_unreadable");
            return;
        }
        auto evidence = read_evidence(*on);
        if (!evidence || !counts()) {
            return;
        }
        if (!period_.contains(*on)) {
            ++not_counted_;
            return;
        }
        rows_.push_back({.owner = owner->second,
                         .on = *on,
                         .at = evidence->recorded_at,
                         .evidence_id = evidence->evidence_id,
                         .record = packer_.pack(*evidence)});
    }

    CaseRecords finish(std::size_t subjects) {
        check_ids();
        std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
            return std::tie(a.owner, a.on, a.at, a.evidence_id) <
                   std::tie(b.owner, b.on, b.at, b.evidence_id);
        });
        CaseRecords out{.words = packer_.take(),
                        .first = std::vector<std::size_t>(subjects + 1),
                        .records = {},
                        .ids = {},
                        .not_counted = not_counted_};
        out.records.reserve(rows_.size());
        out.ids.reserve(rows_.size());
        for (const Row& row : rows_) {
            ++out.first[row.owner + 1];
            out.records.push_back(row.record);
            out.ids.push_back(row.evidence_id);
        }
        std::partial_sum(out.first.begin(), out.first.end(), out.first.begin());
        return out;
    }

private:
    /// The order of two records with one id would be nobody's to say.
    void check_ids() {
        std::vector<EvidenceId> ids;
        for (const Row& row : rows_) {
            ids.push_back(row.evidence_id);
        }
        std::sort(ids.begin(), ids.end());
        const auto twice = std::adjacent_find(ids.begin(), ids.end());
        if (twice != ids.end()) {
            table_.fault(id, "evidence_id_twice", {{"id", text_of(*twice)}});
        }
    }

    /// A state that is not named counts; of those named, what the engine may count.
    bool counts() {
        const auto text = table_.cell(state);
        const auto parsed =
            text.empty() ? std::optional{EvidenceState::verified} : parse_evidence_state(text);
        if (!parsed) {
            table_.fault(state, "evidence_state_unknown");
            return false;
        }
        const bool is_counted =
            *parsed == EvidenceState::verified || *parsed == EvidenceState::sealed;
        not_counted_ += is_counted ? 0 : 1;
        return is_counted;
    }

    std::optional<Evidence> read_evidence(Day on) {
        Evidence evidence{.evidence_id = {},
                          .reason = table_.cell(reason),
                          .day = on,
                          .recorded_at = {},
                          .value = std::nullopt,
                          .label = table_.cell(label),
                          .activity = table_.cell(activity),
                          .rater_kind = RaterKind::teacher,
                          .rater = rater_of(table_.cell(rater))};
        bool is_read = true;
        const auto need = [&](bool is_there, Column column, const char* code) {
            if (!is_there) {
                table_.fault(column, code);
                is_read = false;
            }
        };
        need(!evidence.reason.empty(), reason, "table_cell_missing");
        if (const auto text = table_.cell(value); !text.empty()) {
            evidence.value = Decimal::parse(text);
            need(evidence.value.has_value(), value, "evidence_value_unreadable");
        }
        if (const auto text = table_.cell(rater_kind); !text.empty()) {
            const auto kind = parse_rater_kind(text);
            need(kind.has_value(), rater_kind, "evidence_rater_kind_unknown");
            evidence.rater_kind = kind.value_or(RaterKind::teacher);
        }
        const auto at = parse_time(table_.cell(recorded_at), on);
        need(at.has_value(), recorded_at, "evidence_time_unreadable");
        evidence.recorded_at = at.value_or(Instant{});
        const auto given = table_.cell(id);
        const auto number = given.empty() ? std::optional{data_row_} : parse_number(given);
        const auto parsed =
            number ? std::optional{id_of(*number)} : EvidenceId::parse(std::string(given));
        need(parsed.has_value(), id, "evidence_id_unreadable");
        evidence.evidence_id = parsed.value_or(EvidenceId{});
        return is_read ? std::optional{evidence} : std::nullopt;
    }

    RaterTag rater_of(std::string_view name) {
        const auto next = static_cast<std::uint64_t>(raters_.size());
        return {raters_.try_emplace(std::string(name), next).first->second};
    }

    TableReader& table_;
    const Roster& roster_;
    const DayRange& period_;
    RecordPacker packer_;
    std::unordered_map<std::string, std::uint64_t> raters_;
    std::vector<Row> rows_;
    std::uint64_t data_row_ = 0;
    std::int64_t not_counted_ = 0;
};

}  // namespace

CaseRecords read_evidence(const std::string& where,
                          std::string_view text,
                          const Roster& roster,
                          const DayRange& period,
                          Problems& problems) {
    TableReader table(where, text, columns, problems);
    Reader reader(table, roster, period);
    while (table.next()) {
        reader.read_row();
    }
    return reader.finish(roster.subjects.size());
}

std::string text_of(const EvidenceId& id) {
    const bool is_number =
        std::all_of(id.bytes.begin(), id.bytes.begin() + 8, [](auto byte) { return byte == 0; });
    if (!is_number) {
        return id.to_string();
    }
    std::uint64_t number = 0;
    for (std::size_t i = 8; i < 16; ++i) {
        number = number << 8U | id.bytes[i];
    }
    return std::to_string(number);
}

}  // namespace agate::batch

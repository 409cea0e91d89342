// SPDX-License-Identifier: Apache-2.0
#include "exchange/fitness_rows.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <functional>

#include "base/error.h"
#include "base/text.h"
#include "exchange/header.h"
#include "exchange/roster.h"
#include "exchange/values.h"

namespace agate::exchange {
namespace {

constexpr std::array<bool, 256> make_unclean() {
    std::array<bool, 256> unclean{};
    for (const unsigned char c : {' ', '\'', '\t', '\n', '\r', '\xc2', '\xe2', '\xe3', '\xef'}) {
        unclean[c] = true;
    }
    return unclean;
}

constexpr auto unclean = make_unclean();

// Most cells need no cleaning: no blank, apostrophe or full-width form (lead bytes C2, E2, E3, EF).
bool is_clean(std::string_view text) {
    bool is_any = false;
    for (const char c : text) {
        is_any |= unclean[static_cast<unsigned char>(c)];
    }
    return !is_any;
}

void assign(std::string& to, std::string_view text, std::string (*clean)(std::string_view)) {
    if (is_clean(text)) {
        to.assign(text);
    } else {
        to = clean(text);
    }
}

std::optional<int> small_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{value}
                                                                    : std::nullopt;
}

bool is_university(int number) {
    return number >= 41 && number <= 46;
}

}  // namespace

SeenNumbers::SeenNumbers() : slots_(1024) {}

std::optional<std::int64_t> SeenNumbers::add(std::string_view number, std::int64_t row) {
    const std::uint64_t hash = std::hash<std::string_view>{}(number) | 1U;
    const std::size_t mask = slots_.size() - 1;  // a power of two
    for (std::size_t at = hash >> 1 & mask;; at = (at + 1) & mask) {
        auto& slot = slots_[at];
        if (slot.hash == hash) {
            return slot.row;
        }
        if (slot.hash == 0) {
            slot = {hash, row};
            break;
        }
    }
    if (++count_ * 2 > slots_.size()) {
        grow();
    }
    return std::nullopt;
}

void SeenNumbers::grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const auto& slot : old) {
        if (slot.hash != 0) {
            const std::size_t mask = slots_.size() - 1;
            std::size_t at = slot.hash >> 1 & mask;
            while (slots_[at].hash != 0) {
                at = (at + 1) & mask;
            }
            slots_[at] = slot;
        }
    }
}

FitnessRows::FitnessRows(std::span<const ItemSpec> items, const FitnessOptions& options)
    : items_(items), options_(options), problems_(options.file), is_stated_(items.size()) {
    ensure(items.size() <= 64, "an item is a bit");
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto bit = std::uint64_t{1} << i;
        for (std::size_t sex = 0; sex < 2; ++sex) {
            for (std::size_t grade = 1; grade <= 12; ++grade) {
                if (items[i].applies[sex][grade]) {
                    is_stated_[i] = 1;
                    stated_ |= bit;
                    due_[sex][grade] |= items[i].entry == ItemSpec::Entry::computed ? 0 : bit;
                }
            }
        }
    }
}

bool FitnessRows::is_stated(std::size_t item) const {
    return is_stated_[item] != 0;
}

bool FitnessRows::is_taken(std::size_t item, Sex sex, int grade) const {
    return !is_stated(item) ||
           items_[item].applies[sex == Sex::male ? 0 : 1][static_cast<std::size_t>(grade)];
}

// Sit-ups and 800 m are the girls', pull-ups and 1000 m the boys', from grade 7 up.
bool FitnessRows::is_for(std::size_t item, Sex sex) const {
    const auto& code = items_[item].code;
    if (code == "pull_up" || code == "run_1000m") {
        return sex == Sex::male;
    }
    if (code == "sit_up_1min" || code == "run_800m") {
        return sex == Sex::female;
    }
    return true;
}

void FitnessRows::prepare(const ImportTable& table) {
    table_ = &table;
    row_.items.resize(items_.size());

    struct Place {
        std::string_view field;
        std::int64_t FitnessRows::*column;
    };

    static constexpr Place places[] = {{"grade", &FitnessRows::grade_},
                                       {"class_code", &FitnessRows::class_code_},
                                       {"class_name", &FitnessRows::class_name_},
                                       {"national_number", &FitnessRows::national_number_},
                                       {"student_number", &FitnessRows::student_number_},
                                       {"ethnic_code", &FitnessRows::ethnic_code_},
                                       {"name", &FitnessRows::name_},
                                       {"sex", &FitnessRows::sex_},
                                       {"birth_day", &FitnessRows::birth_day_},
                                       {"address", &FitnessRows::address_}};
    for (const auto& column : table.columns) {
        if (!column.field) {
            continue;
        }
        const auto found = std::find_if(std::begin(places), std::end(places), [&](const Place& p) {
            return p.field == *column.field;
        });
        if (found != std::end(places)) {
            this->*(found->column) = column.number;
        } else {
            prepare_item(column);
        }
        if (column.field == "grade") {
            const auto key = header_key(column.header);
            has_grade_codes_ = key.find("编号") != std::string::npos ||
                               key.find("代码") != std::string::npos ||
                               key.find("code") != std::string::npos;
        }
    }
}

void FitnessRows::prepare_item(const Column& column) {
    const auto index_of = [&](const std::optional<std::string>& field) {
        const auto found = std::find_if(items_.begin(), items_.end(), [&](const ItemSpec& item) {
            return field && item.code == *field;
        });
        return found == items_.end()
                   ? std::nullopt
                   : std::optional{static_cast<std::size_t>(found - items_.begin())};
    };
    const auto item = index_of(column.field);
    if (!item) {
        return;
    }
    auto other = index_of(column.other_field);
    // Two names over one column mean two items only where boys and girls do not share them.
    if (other && is_for(*item, Sex::male) == is_for(*other, Sex::male)) {
        other.reset();
    }
    slots_.push_back({column.number, *item, other, column.is_chosen_by_user});
}

void FitnessRows::note(std::string_view field, Finding finding) {
    row_.notes.push_back({finding.code, field, finding.severity});
    row_.is_ready = row_.is_ready && finding.severity != Severity::error;
    if (options_.wants_problems) {
        problems_.add(*table_, *given_, field, std::move(finding));
    }
}

void FitnessRows::refuse(std::string_view field, std::string_view code) {
    row_.is_refused = true;
    note(field, {.code = code});
}

bool FitnessRows::has_anything(const Row& row) const {
    if (!trim(row.at(name_ == 0 ? 1'000'000 : name_).text).empty()) {
        return true;
    }
    const bool has_values = std::any_of(slots_.begin(), slots_.end(), [&](const Slot& slot) {
        const auto cell = row.at(slot.column);
        const auto parse = parse_item(items_[slot.item], cell, options_.number_times);
        return parse.item.state != ItemState::blank && parse.item.state != ItemState::not_tested;
    });
    return has_values;
}

bool FitnessRows::read(const ImportTable& table, const DataRow& data) {
    if (table_ == nullptr) {
        prepare(table);
    }
    problems_.clear();
    row_.notes.clear();
    row_.is_ready = true;
    row_.is_refused = false;
    row_.row = data.row.number;
    row_.index = data.index;
    given_ = &data.row;
    read_person(data.row);
    if (row_.name.empty() && !has_anything(data.row)) {
        return false;
    }
    if (data.is_too_wide) {
        note("", {.code = "row_wider_than_header"});
    }
    read_items(data.row);
    read_grade(data.row);
    if (row_.is_refused) {
        // One reason is enough for a row of a stage that is not ours.
        row_.sex.reset();
        return true;
    }
    read_sex(data.row);
    check_numbers();
    return true;
}

void FitnessRows::read_person(const Row& row) {
    const auto get = [&](std::int64_t column) {
        return column == 0 ? std::string_view{} : row.at(column).text;
    };
    assign(row_.national_number, get(national_number_), plain_number);
    assign(row_.student_number, get(student_number_), plain_number);
    assign(row_.name, get(name_), plain_name);
    assign(row_.class_code, get(class_code_), plain_number);
    assign(row_.class_name, get(class_name_), plain_text);
    assign(row_.ethnic_code, get(ethnic_code_), plain_text);
    assign(row_.address, get(address_), plain_text);
    row_.birth_day.reset();
    if (birth_day_ != 0 && row.at(birth_day_).kind != CellKind::empty) {
        row_.birth_day = parse_written_day(row.at(birth_day_)).day;
        if (!row_.birth_day) {
            note("birth_day", {.code = "date_unreadable", .severity = Severity::warning});
        }
    }
}

// 11 and 12 are grades 1 and 2 as national codes and grades 11 and 12 when counted through. The
// items that are filled tell, else the name of the column does.
std::optional<int> FitnessRows::settle_grade(int number) const {
    if (number != 11 && number != 12) {
        if (number >= 1 && number <= 10) {
            return number;
        }
        const int stage = number / 10, year = number % 10;
        if (stage < 1 || stage > 3 || year < 1 || year > (stage == 1 ? 6 : 3)) {
            return std::nullopt;
        }
        return (stage == 1 ? 0 : stage == 2 ? 6 : 9) + year;
    }
    int speaks_for_code = 0, speaks_for_plain = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        if (row_.items[i].state != ItemState::value || !is_stated(i)) {
            continue;
        }
        const auto takes = [&](int grade) {
            return is_taken(i, Sex::male, grade) || is_taken(i, Sex::female, grade);
        };
        speaks_for_code += takes(number - 10) && !takes(number) ? 1 : 0;
        speaks_for_plain += takes(number) && !takes(number - 10) ? 1 : 0;
    }
    if (speaks_for_code != speaks_for_plain) {
        return speaks_for_code > speaks_for_plain ? number - 10 : number;
    }
    return has_grade_codes_ ? number - 10 : number;
}

void FitnessRows::read_grade(const Row& row) {
    row_.grade.reset();
    const auto cell = grade_ == 0 ? Cell{} : row.at(grade_);
    const auto text = is_clean(cell.text) ? std::string{cell.text} : plain_number(cell.text);
    if (text.empty()) {
        row_.grade = options_.grade;
        if (!row_.grade && !row_.class_name.empty()) {
            row_.grade = grade_of_class(row_.class_name, options_.school_year);
        }
        if (!row_.grade && options_.needs_grade) {
            refuse("grade", "grade_missing");
        }
        return;
    }
    if (const auto number = small_number(text)) {
        if (is_university(*number)) {
            refuse("grade", "grade_university");
            return;
        }
        row_.grade = settle_grade(*number);
    }
    if (!row_.grade) {
        row_.grade = parse_grade(text);
    }
    if (!row_.grade) {
        refuse("grade",
               text.find("大学") != std::string::npos ? "grade_university" : "grade_unreadable");
    }
}

void FitnessRows::read_sex(const Row& row) {
    row_.sex.reset();
    const auto cell = sex_ == 0 ? Cell{} : row.at(sex_);
    const auto text = cell.text.size() == 1 ? cell.text : trim(cell.text);
    if (text == "1" || text == "2") {
        row_.sex = text == "1" ? Sex::male : Sex::female;
        return;
    }
    if (!text.empty()) {
        row_.sex = parse_sex(plain_text(text));
        if (!row_.sex) {
            refuse("sex", "sex_unreadable");
        }
        return;
    }
    if (options_.sex_source == SexSource::filled_item && row_.grade.value_or(0) >= 7) {
        bool is_boy = false, is_girl = false;
        for (std::size_t i = 0; i < items_.size(); ++i) {
            if (row_.items[i].state == ItemState::value) {
                is_boy = is_boy || !is_for(i, Sex::female);
                is_girl = is_girl || !is_for(i, Sex::male);
            }
        }
        if (is_boy != is_girl) {
            row_.sex = is_boy ? Sex::male : Sex::female;
            return;
        }
    }
    if (options_.sex_source != SexSource::caller) {
        refuse("sex", "sex_missing");
    }
}

void FitnessRows::read_items(const Row& row) {
    std::fill(row_.items.begin(), row_.items.end(), ItemValue{});
    for (const auto& slot : slots_) {
        read_item(row, slot);
    }
}

void FitnessRows::read_item(const Row& row, const Slot& slot) {
    auto cell = row.at(slot.column);
    if (cell.kind == CellKind::empty) {
        return;
    }
    std::size_t index = slot.item;
    if (slot.other) {
        const auto sex = sex_ == 0 ? std::nullopt : parse_sex(plain_text(row.at(sex_).text));
        index = sex && !is_for(index, *sex) ? *slot.other : index;
    }
    // A column of numbers that the user himself called times has no notation to go by.
    if (slot.is_chosen_by_user && table_->format == TableFormat::text &&
        cell.kind == CellKind::text) {
        cell.kind = CellKind::number;
    }
    const auto& item = items_[index];
    auto parse = parse_item(item, cell, options_.number_times);
    row_.items[index] = parse.item;
    if (parse.code.empty()) {
        return;
    }
    Finding finding{
        .code = parse.code, .suggestion = std::move(parse.suggestion), .severity = parse.severity};
    if (options_.wants_problems) {
        finding.args = {{"item", item.name_zh},
                        {"item_en", item.name_en},
                        {"unit", item.unit_zh},
                        {"unit_en", item.unit},
                        {"min", show_item(item, item.import_min)},
                        {"max", show_item(item, item.import_max)},
                        {"shown", show_item(item, parse.item.value)}};
    }
    note(item.code, std::move(finding));
}

void FitnessRows::check_numbers() {
    const auto& number = row_.national_number.empty() ? row_.student_number : row_.national_number;
    const auto field = row_.national_number.empty() ? "student_number" : "national_number";
    if (!number.empty()) {
        // A short number runs within its class; the class is part of it then.
        const auto before = number.size() <= 4
                                ? seen_.add(row_.class_name + '\n' + number, row_.row)
                                : seen_.add(number, row_.row);
        if (before) {
            note(field,
                 {.code = "student_number_twice", .args = {{"other", std::to_string(*before)}}});
        }
    } else if (options_.needs_student && (row_.name.empty() || row_.class_name.empty())) {
        note("", {.code = "student_unknown"});
    }
    const auto column = row_.national_number.empty() ? student_number_ : national_number_;
    if (column != 0 && has_lost_digits(given_->at(column))) {
        note(field, {.code = "number_lost_digits"});
    }
    if (row_.grade && row_.sex) {
        check_items();
    }
}

void FitnessRows::check_items() {
    std::uint64_t blank = 0, measured = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const auto bit = std::uint64_t{1} << i;
        blank |= row_.items[i].state == ItemState::blank ? bit : 0;
        measured |= row_.items[i].state == ItemState::value ? bit : 0;
    }
    const auto due = due_[*row_.sex == Sex::male ? 0 : 1][static_cast<std::size_t>(*row_.grade)];
    blank_cells_ += std::popcount(blank & due);
    const auto foreign = measured & stated_ & ~due;
    for (std::size_t i = 0; foreign != 0 && i < items_.size(); ++i) {
        if ((foreign >> i & 1) == 0) {
            continue;
        }
        Finding finding{.code = "item_not_for_pupil", .severity = Severity::warning};
        if (options_.wants_problems) {
            finding.args = {{"item", items_[i].name_zh}, {"item_en", items_[i].name_en}};
        }
        note(items_[i].code, std::move(finding));
    }
}

}  // namespace agate::exchange

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "core/org.h"
#include "exchange/mapping.h"

// Measured results in: the national upload layout, or the item codes as headers. The items come
// from the caller (the fitness pack); this folder knows no table and gives no score.
namespace agate::exchange {

/// What reading needs to know of one item. Ranges and values are whole numbers of 10^-decimals of
/// the unit; times count seconds.
struct ItemSpec {
    std::string code{};  ///< "run_50m"
    std::string name_zh{}, name_en{}, unit{}, unit_zh{};
    enum class Entry : std::uint8_t {
        integer,
        decimal,
        minutes_seconds,
        computed
    } entry = Entry::integer;
    enum class Rounding : std::uint8_t { exact, half_up, slower } rounding = Rounding::exact;
    int decimals = 0;
    std::int64_t import_min = 0, import_max = 0;
    /// [sex][grade 1..12]: the item is taken there. All false: not stated, taken everywhere.
    std::array<std::array<bool, 13>, 2> applies{};
};

enum class ItemState : std::uint8_t {
    blank,       ///< nothing written
    value,       ///< measured
    absent,      ///< 缺考, 缺测
    exempt,      ///< 免测
    not_tested,  ///< \ / - 无 未测
    fault,       ///< written, but not to be taken; a problem says why
};

struct ItemValue {
    ItemState state = ItemState::blank;
    std::int64_t value = 0;

    friend bool operator==(ItemValue, ItemValue) = default;
};

/// A fault or warning of one cell in short form: problem code and the field of its column.
struct CellNote {
    std::string_view code;
    std::string_view field;  ///< "height", "grade", or empty for the row
    Severity severity = Severity::error;
};

/// One pupil's results. The object is reused from row to row by the streaming reader.
struct FitnessRow {
    std::int64_t row = 0;         ///< of the sheet
    std::int64_t index = 0;       ///< data row from 1
    std::string national_number;  ///< 学籍号
    std::string student_number;   ///< the school's own 学号
    std::string name;
    std::string class_code;
    std::string class_name;
    std::string ethnic_code;
    std::string address;
    std::optional<Day> birth_day;
    std::optional<Sex> sex;
    std::optional<int> grade;      ///< 1 to 12
    std::vector<ItemValue> items;  ///< in the order of the specs given
    std::vector<CellNote> notes;
    bool is_ready = true;     ///< false: an error stands on the row or on a cell of it
    bool is_refused = false;  ///< no figure at all may come of this row: grade or sex missing,
                              ///< university
};

/// What a plain number such as 3.45 in a column of times means.
enum class NumberTimes : std::uint8_t {
    refuse,           ///< number cells are refused; the text 3.45 is 3 min 45 s, as the national
                      ///< layout says, and the text 3.5 is refused as ambiguous
    minutes_seconds,  ///< 3.45 is 3 min 45 s, 4.1 is 4 min 10 s, 4 is 4 min
    seconds,          ///< 225 is 3 min 45 s
};

enum class SexSource : std::uint8_t {
    column,
    filled_item,  ///< where the cell is empty or has no column: sit-ups or 800 m filled: girl;
                  ///< pull-ups or 1000 m filled: boy (grades 7 up)
    caller,       ///< may stay open: the caller knows the pupil
};

struct FitnessOptions : ReadOptions {
    NumberTimes number_times = NumberTimes::refuse;
    SexSource sex_source = SexSource::column;
    bool wants_problems = true;        ///< false: the notes of the rows are enough (batch scoring)
    bool needs_grade = true;           ///< false: the caller knows the pupil
    bool needs_student = false;        ///< number, or name and class, must be there
    std::optional<int> grade{};        ///< for every row, where the file has no grade column
    std::optional<int> school_year{};  ///< first year of the school year, for "2019级1班"
};

/// `problems` of the row are complete Problems and live until the sink returns.
using FitnessSink = std::function<Flow(const FitnessRow&, std::span<const Problem> problems)>;

/// Streams. Problems of the file as a whole are in the table that comes back; when it is not
/// readable, no row was given, or the rows given must be thrown away (truncated file).
[[nodiscard]] ImportTable read_fitness(std::string_view bytes,
                                       std::span<const ItemSpec> items,
                                       const FitnessOptions& options,
                                       const FitnessSink& sink);

[[nodiscard]] std::vector<Field> fitness_fields(std::span<const ItemSpec> items);

/// All of it in memory, for the preview.
struct FitnessRead {
    ImportTable table;
    std::vector<FitnessRow> rows;
    Problems problems;
    std::int64_t blank_cells = 0;  ///< empty cells of items that the pupil's group takes
};

[[nodiscard]] FitnessRead read_all_fitness(std::string_view bytes,
                                           std::span<const ItemSpec> items,
                                           const FitnessOptions& options);

/// As the national layout writes it: "142.0", "2104", 3'45.
[[nodiscard]] std::string show_item(const ItemSpec& item, std::int64_t value);

/// One cell's text as a value of the item. Public for tests and for the entry grid.
struct ItemParse {
    ItemValue item;
    std::string_view code{};  ///< problem, or empty
    Severity severity = Severity::error;
    std::string suggestion{};  ///< what was probably meant; empty: nothing to suggest
};

[[nodiscard]] ItemParse parse_item(const ItemSpec& item,
                                   const Cell& cell,
                                   NumberTimes number_times);

}  // namespace agate::exchange

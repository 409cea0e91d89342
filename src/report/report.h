// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/words.h"

// A child's page and a class book as PDF. Plain values in, bytes out: no database, no clock, no
// randomness, so the same input gives the same bytes. Every text is given in the page's language,
// ready to print; an empty text or an empty list leaves its part out or leaves room for a pen.
// There is no field for a total, a rank or a class average.
namespace agate::report {

/// Takes the file's bytes in order. May throw; the exception reaches the caller.
using Sink = std::function<void(std::string_view bytes)>;

struct PeriodLine {
    std::string name{};  ///< "2026—2027 学年上学期"
    DayRange days{};
};

enum class Standing {
    standing,  ///< the period is open: bands so far, not signed
    result,    ///< evaluated
};

/// Place on the ladder in band units: band index + share of the way through the band, 0 to the
/// number of bands. low and high are the possible range.
struct LadderPosition {
    double value = 0;
    double low = 0;
    double high = 0;
};

struct PreviousBand {
    int band = 0;  ///< index into ChildPage::bands
    double position = 0;
};

/// One content (五项内容). Its colour is its place in ChildPage::contents.
struct ContentRow {
    std::string code{};
    std::string name{};
    std::string mark{};         ///< one character: 德, M
    std::optional<int> band{};  ///< index into ChildPage::bands; nothing: too little evidence
    std::int32_t coverage_ppm = 0;
    bool is_thin = false;
    std::optional<LadderPosition> position{};
    std::optional<PreviousBand> previous{};
    std::string change_words{};  ///< "比上学期高一档"
    int records = 0;
    bool is_wording_verified = true;  ///< false prints 原文待学校核对
};

struct Strength {
    std::string content{};  ///< code of a content
    std::string text{};     ///< "坚持做家务和值日,12 周里有 11 周"
    std::string detail{};   ///< "24 条记录,家长和老师都确认过"; may be empty
};

struct WeekCounts {
    int week = 1;
    std::vector<int> counts{};  ///< records laid down, in the order of ChildPage::contents
    std::string holiday{};      ///< "国庆假期", else empty
};

struct Highlight {
    int week = 1;
    std::string text{};
    std::string content{};  ///< code of a content; may be empty
};

struct SignedWords {
    std::string text{};
    std::string name{};  ///< who wrote it
    std::optional<Day> day{};
};

struct NoticeLine {
    DayRange days{};
    std::string outcome{};  ///< "无异议"; may be empty
    std::optional<Day> sealed_on{};
};

/// Who made the file and when: printed on every page, and the file's creation date.
struct Maker {
    std::string name{};
    Instant at{};
    std::string export_number{};  ///< may be empty
};

struct ChildPage {
    Language language = Language::zh;
    std::string district{};
    std::string school{};
    std::string class_name{};  ///< "四年级2班"
    std::string grade_name{};  ///< printed only when class_name does not begin with it
    std::string student_name{};
    std::string student_number{};
    PeriodLine period{};
    std::string previous_period{};  ///< name of the period compared with; may be empty
    Standing standing = Standing::standing;
    std::string sentence{};                ///< one sentence that says what the page means
    std::string framework_name{};          ///< "国家指标 2021 版"
    std::vector<std::string> framework{};  ///< versions: "国家指标 2021 版", "校本 3 版"
    std::vector<std::string> bands{};      ///< lowest first: 待提高 合格 良好 优秀
    std::vector<ContentRow> contents{};    ///< framework order; printed best first
    std::vector<Strength> strengths{};
    std::vector<WeekCounts> weeks{};
    std::vector<Highlight> highlights{};
    std::optional<SignedWords> teacher_words{};  ///< nothing: ruled room for handwriting
    std::optional<SignedWords> family_words{};
    std::optional<SignedWords> child_words{};
    std::optional<NoticeLine> notice{};
    std::string check_code{};  ///< "8f3a c21e 90b4 7d15"
    std::string verify_url{};  ///< printed as QR; empty: no QR
    Maker maker{};
    bool is_demo = false;  ///< the foot says that the people are invented
};

/// One child's report as a file of its own: a leaf with two sides, more only when words are long.
void write_child_report(const Sink& sink, const ChildPage& page);

/// A count of children as it may be shown; nothing: suppressed. Counts under 5 are suppressed here
/// again, and so is one more cell of a row where a single hidden cell could be worked out.
using ShownCount = std::optional<int>;

struct OverviewRow {
    std::string name{};
    std::string mark{};
    std::vector<ShownCount> bands{};  ///< lowest first
    ShownCount no_result{};
    std::int32_t coverage_ppm = 0;
};

/// The first leaf of a class: its cover, and behind it how to read a page and, where rows are
/// given, how many children are in each band.
struct ClassCover {
    Language language = Language::zh;
    std::string district{};
    std::string school{};
    std::string class_name{};
    std::string class_teacher{};  ///< may be empty
    PeriodLine period{};
    Standing standing = Standing::standing;
    int student_count = 0;
    std::vector<std::string> framework{};
    std::vector<std::string> bands{};  ///< lowest first
    std::vector<OverviewRow> overview{};
    Maker maker{};
    bool is_demo = false;
};

/// Many children in one file, one by one: memory does not grow with them. Every class and every
/// child begins on the front of a leaf. Not for use by two threads at once.
class ReportBook {
public:
    /// `title` and `maker` become the file's title and creation date.
    ReportBook(Sink sink, std::string title, const Maker& maker);
    ReportBook(ReportBook&&) noexcept;
    ReportBook& operator=(ReportBook&&) noexcept;
    ~ReportBook();

    void begin_class(const ClassCover& cover);
    void add(const ChildPage& page);
    /// Writes fonts and index; the file is whole only after it. Nothing may follow.
    void finish();

    [[nodiscard]] int pages() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace agate::report

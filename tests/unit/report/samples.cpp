// SPDX-License-Identifier: Apache-2.0
#include "samples.h"

#include <array>

namespace agate::report::samples {

namespace {

Day day(int year, int month, int day_of_month) {
    return make_day({.year = year, .month = month, .day = day_of_month}).value();
}

std::vector<ContentRow> contents() {
    return {
        {.code = "A1",
         .name = "品德发展",
         .mark = "德",
         .band = 2,
         .coverage_ppm = 810000,
         .position = {{.value = 2.48, .low = 2.1, .high = 2.9}},
         .previous = {{.band = 2, .position = 2.5}},
         .change_words = "和上学期同档",
         .records = 22},
        {.code = "A2",
         .name = "学业发展",
         .mark = "学",
         .band = 2,
         .coverage_ppm = 880000,
         .position = {{.value = 2.6, .low = 2.4, .high = 2.9}},
         .previous = {{.band = 2, .position = 2.4}},
         .change_words = "和上学期同档",
         .records = 31},
        {.code = "A3",
         .name = "身心发展",
         .mark = "身",
         .band = 1,
         .coverage_ppm = 410000,
         .is_thin = true,
         .position = {{.value = 1.6, .low = 0.9, .high = 2.4}},
         .previous = {{.band = 1, .position = 1.5}},
         .change_words = "证据偏少，先不比较",
         .records = 9},
        {.code = "A4",
         .name = "审美素养",
         .mark = "美",
         .band = 2,
         .coverage_ppm = 760000,
         .position = {{.value = 2.15, .low = 1.8, .high = 2.7}},
         .previous = {{.band = 1, .position = 1.4}},
         .change_words = "高一档，刚过线",
         .records = 17},
        {.code = "A5",
         .name = "劳动与社会实践",
         .mark = "劳",
         .band = 3,
         .coverage_ppm = 920000,
         .position = {{.value = 3.2, .low = 3.05, .high = 3.4}},
         .previous = {{.band = 2, .position = 2.4}},
         .change_words = "比上学期高一档",
         .records = 28},
    };
}

std::vector<WeekCounts> weeks() {
    constexpr std::array<std::array<int, 5>, 20> laid{{
        {0, 1, 0, 0, 1}, {1, 1, 1, 0, 1}, {1, 2, 0, 1, 2}, {2, 2, 1, 0, 1}, {0, 0, 0, 0, 0},
        {1, 1, 0, 1, 2}, {2, 1, 0, 1, 1}, {1, 2, 1, 1, 2}, {1, 3, 0, 3, 2}, {2, 1, 1, 1, 1},
        {1, 2, 0, 1, 2}, {1, 2, 1, 1, 1}, {1, 1, 0, 1, 2}, {0, 2, 1, 0, 1}, {1, 2, 0, 1, 2},
        {2, 1, 1, 1, 1}, {1, 2, 0, 1, 2}, {1, 2, 1, 1, 1}, {2, 1, 0, 1, 1}, {1, 2, 1, 1, 2},
    }};
    std::vector<WeekCounts> weeks;
    int number = 0;
    for (const auto& counts : laid) {
        ++number;
        weeks.push_back({.week = number,
                         .counts = {counts.begin(), counts.end()},
                         .holiday = number == 5 ? "国庆假期" : ""});
    }
    return weeks;
}

void write_total(ChildPage& page) {
    for (std::size_t i = 0; i < page.contents.size(); ++i) {
        page.contents[i].records = 0;
        for (const WeekCounts& week : page.weeks) {
            page.contents[i].records += week.counts[i];
        }
    }
}

}  // namespace

ChildPage full_page() {
    ChildPage page{
        .district = "云溪区",
        .school = "澄溪小学",
        .class_name = "四年级2班",
        .grade_name = "四年级",
        .student_name = "苏禾",
        .student_number = "41",
        .period = {.name = "2026—2027 学年上学期",
                   .days = {.from = day(2026, 9, 1), .to = day(2027, 1, 22)}},
        .previous_period = "2025—2026 学年下学期",
        .standing = Standing::result,
        .sentence = "这学期记下 107 条，劳动与社会实践和审美素养比上学期高一档。",
        .framework_name = "义务教育学生综合素质 2021 版",
        .framework = {"国家指标 2021 版", "校本 3 版"},
        .bands = {"待提高", "合格", "良好", "优秀"},
        .contents = contents(),
        .strengths = {{.content = "A5",
                       .text = "坚持做家务和值日，20 周里有 18 周",
                       .detail = "41 条记录，家长和老师都确认过"},
                      {.content = "A4",
                       .text = "画的京剧脸谱入选校园画展",
                       .detail = "第 9 周，范老师记录"},
                      {.content = "A2",
                       .text = "读完 12 本书，其中《草房子》写了读后感",
                       .detail = "52 条记录"}},
        .weeks = weeks(),
        .highlights = {{.week = 3, .text = "第一次独立做饭，请外婆尝了番茄炒蛋", .content = "A5"},
                       {.week = 9, .text = "画的京剧脸谱进了校园画展", .content = "A4"},
                       {.week = 16,
                        .text = "种的豆苗长到 14 厘米，四个月没忘过浇水",
                        .content = "A2"}},
        .teacher_words = {{.text =
                               "苏禾做事有头有尾。第三组的画具乱了，没等人叫就留下来收；种豆苗的"
                               "四个月，一天也没有忘记浇水。愿你把做饭的本事练好，请大家尝尝"
                               "外婆的味道。",
                           .name = "陆青",
                           .day = day(2027, 1, 8)}},
        .notice = {{.days = {.from = day(2027, 1, 12), .to = day(2027, 1, 18)},
                    .outcome = "无异议",
                    .sealed_on = day(2027, 1, 19)}},
        .check_code = "8f3a c21e 90b4 7d15",
        .verify_url = "https://agate.example.org/v/8f3ac21e90b47d15",
        .maker = {.name = "陆青",
                  .at = {.micros = 1'800'412'345'000'000},
                  .export_number = "E-2027-0041"},
    };
    write_total(page);
    return page;
}

ChildPage english_page() {
    ChildPage page = full_page();
    page.language = Language::en;
    page.district = "Yunxi District";
    page.school = "Chengxi Primary School";
    page.class_name = "Grade 4 Class 2";
    page.grade_name = "Grade 4";
    page.student_name = "Su He";
    page.period.name = "2026–2027, first term";
    page.previous_period = "2025–2026, second term";
    page.sentence = "107 records this term; labour and arts are one band higher than last term.";
    page.framework_name = "Quality of pupils 2021";
    page.framework = {"national indicators 2021", "school layer 3"};
    page.bands = {"Growing", "Pass", "Good", "Excellent"};
    const std::array<const char*, 5> names{
        "Moral development", "Study", "Body and mind", "Arts", "Labour and social practice"};
    const std::array<const char*, 5> marks{"M", "S", "B", "A", "L"};
    const std::array<const char*, 5> changes{"same band as last term",
                                             "same band as last term",
                                             "thin evidence, not compared",
                                             "one band higher, just over the line",
                                             "one band higher than last term"};
    for (std::size_t i = 0; i < 5; ++i) {
        page.contents[i].name = names[i];
        page.contents[i].mark = marks[i];
        page.contents[i].change_words = changes[i];
    }
    page.strengths = {{.content = "A5",
                       .text = "Kept up chores and class duty, 18 of 20 weeks",
                       .detail = "41 records, confirmed by family and teacher"},
                      {.content = "A4",
                       .text = "A Peking opera mask chosen for the school exhibition",
                       .detail = "week 9, recorded by Ms Fan"},
                      {.content = "A2",
                       .text = "Finished 12 books and wrote about The Straw House",
                       .detail = "52 records"}};
    page.weeks[4].holiday = "National Day";
    page.highlights = {
        {.week = 3, .text = "First meal cooked alone: tomato and egg for grandmother"},
        {.week = 9, .text = "The opera mask hung in the school exhibition"},
        {.week = 16, .text = "The bean plant reached 14 cm, watered every day for four months"}};
    page.teacher_words->text =
        "Su He finishes what is begun. When the paint boxes of group three lay about, Su He stayed "
        "to put them away before anyone asked.";
    page.teacher_words->name = "Lu Qing";
    page.notice->outcome = "no objection";
    page.maker.name = "Lu Qing";
    return page;
}

ChildPage empty_page() {
    ChildPage page = full_page();
    page.student_name = "欧阳小满";
    page.standing = Standing::standing;
    page.sentence = "这学期还没有记录，等第要等有了记录再看。";
    for (ContentRow& row : page.contents) {
        row.band = std::nullopt;
        row.coverage_ppm = 0;
        row.is_thin = true;
        row.position = std::nullopt;
        row.previous = std::nullopt;
        row.change_words = "还没有记录";
        row.records = 0;
    }
    for (WeekCounts& week : page.weeks) {
        week.counts.assign(5, 0);
    }
    page.strengths.clear();
    page.highlights.clear();
    page.teacher_words.reset();
    page.notice.reset();
    page.check_code.clear();
    page.verify_url.clear();
    return page;
}

ChildPage numbered_page(int number) {
    static constexpr std::array<const char*, 8> families{
        "苏", "陈", "欧阳", "李", "赵", "周", "买买提·", "林"};
    static constexpr std::array<const char*, 8> given{
        "禾", "子墨", "小满", "一诺", "思源", "安然", "艾力", "知夏"};
    static constexpr std::array<const char*, 6> deeds{"坚持做家务和值日",
                                                      "每周读书和写摘记",
                                                      "参加跳绳和长跑",
                                                      "帮小组整理实验台",
                                                      "在合唱团排练",
                                                      "照看班里的植物角"};
    ChildPage page = full_page();
    const auto pick = [number](int step, std::size_t of) {
        return static_cast<std::size_t>(number * step + number / 7) % of;
    };
    page.student_name = std::string{families[pick(3, 8)]} + given[pick(5, 8)];
    page.student_number = std::to_string(number);
    for (std::size_t i = 0; i < 5; ++i) {
        ContentRow& row = page.contents[i];
        const auto band = static_cast<int>(pick(static_cast<int>(i) + 3, 4));
        const double value = band + 0.1 * static_cast<double>(pick(static_cast<int>(i) + 1, 9));
        row.band = band;
        row.coverage_ppm = 400000 + 50000 * static_cast<int>(pick(static_cast<int>(i) + 2, 12));
        row.is_thin = row.coverage_ppm < 600000;
        row.position = {{.value = value, .low = std::max(0.0, value - 0.4), .high = value + 0.3}};
    }
    for (WeekCounts& week : page.weeks) {
        for (std::size_t i = 0; i < 5 && week.holiday.empty(); ++i) {
            week.counts[i] = static_cast<int>(pick(week.week + static_cast<int>(i) * 3, 4));
        }
    }
    write_total(page);
    page.strengths[0].text =
        std::string{deeds[pick(1, 6)]} + "，20 周里有 " + std::to_string(8 + pick(1, 12)) + " 周";
    page.strengths[1].text =
        std::string{deeds[pick(5, 6)]} + "，得到 " + std::to_string(2 + pick(7, 9)) + " 次肯定";
    page.teacher_words->text = page.student_name + deeds[pick(1, 6)] +
                               "，一件一件都记在这里。新学期愿你把喜欢的事接着做下去，也把" +
                               deeds[pick(2, 6)] + "试一试。";
    page.check_code = "8f3a c21e 90b4 " + std::to_string(1000 + number % 9000);
    page.verify_url =
        "https://agate.example.org/v/8f3ac21e90b4" + std::to_string(1000 + number % 9000);
    return page;
}

ClassCover cover() {
    ClassCover cover{
        .district = "云溪区",
        .school = "澄溪小学",
        .class_name = "四年级2班",
        .class_teacher = "陆青",
        .period = full_page().period,
        .standing = Standing::result,
        .student_count = 45,
        .framework = {"国家指标 2021 版", "校本 3 版"},
        .bands = {"待提高", "合格", "良好", "优秀"},
        .maker = full_page().maker,
    };
    for (const ContentRow& row : full_page().contents) {
        cover.overview.push_back({.name = row.name,
                                  .mark = row.mark,
                                  .bands = {std::nullopt, 12, 19, std::nullopt},
                                  .no_result = 0,
                                  .coverage_ppm = row.coverage_ppm});
    }
    cover.overview[0].bands = {6, 11, 19, 9};
    cover.overview[4].bands = {std::nullopt, std::nullopt, 21, 16};
    return cover;
}

ClassCover english_cover() {
    ClassCover english = cover();
    const ChildPage page = english_page();
    english.language = Language::en;
    english.district = page.district;
    english.school = page.school;
    english.class_name = page.class_name;
    english.class_teacher = "Lu Qing";
    english.period = page.period;
    english.framework = page.framework;
    english.bands = page.bands;
    english.maker = page.maker;
    for (std::size_t i = 0; i < english.overview.size(); ++i) {
        english.overview[i].name = page.contents[i].name;
        english.overview[i].mark = page.contents[i].mark;
    }
    return english;
}

}  // namespace agate::report::samples

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "exchange/fitness.h"

namespace agate::exchange {
namespace {

struct ItemHeaders {
    std::string_view code;
    std::vector<std::string> headers;
};

// Names that registers really use for an item beside its official one.
const std::vector<ItemHeaders>& item_headers() {
    static const std::vector<ItemHeaders> all = {
        {"height", {"身高", "身高cm"}},
        {"weight", {"体重", "体重kg"}},
        {"vital_capacity", {"肺活量", "肺活量ml", "lung capacity"}},
        {"run_50m", {"50米跑", "50米", "50m跑", "50m", "五十米跑", "50 m run"}},
        {"sit_and_reach", {"坐位体前屈", "体前屈", "坐位前屈"}},
        {"rope_skipping_1min", {"一分钟跳绳", "1分钟跳绳", "跳绳", "rope skipping"}},
        {"sit_up_1min", {"一分钟仰卧起坐", "1分钟仰卧起坐", "仰卧起坐", "sit-ups"}},
        {"shuttle_run_50m_x8",
         {"50米×8往返跑",
          "50米x8往返跑",
          "50米×8",
          "50m×8",
          "50×8往返跑",
          "50米8往返跑",
          "往返跑"}},
        {"standing_long_jump", {"立定跳远", "跳远", "long jump"}},
        {"pull_up", {"引体向上", "引体", "pull-ups"}},
        {"run_1000m", {"1000米跑", "1000米", "1000m跑", "1000m", "一千米跑"}},
        {"run_800m", {"800米跑", "800米", "800m跑", "800m", "八百米跑"}},
    };
    return all;
}

}  // namespace

std::vector<Field> fitness_fields(std::span<const ItemSpec> items) {
    std::vector<Field> fields = {
        {.field = "grade",
         .name_zh = "年级编号",
         .name_en = "Grade",
         .headers = {"年级", "年级代码", "年级名称", "grade_code", "grade code"}},
        {.field = "class_code",
         .name_zh = "班级编号",
         .name_en = "Class code",
         .headers = {"班级代码", "班号", "class_code"}},
        {.field = "class_name",
         .name_zh = "班级名称",
         .name_en = "Class",
         .headers = {"班级", "行政班", "class_name", "class name"}},
        {.field = "national_number",
         .name_zh = "学籍号",
         .name_en = "National student number",
         .headers = {"全国学籍号", "学籍号码", "学生学籍号", "national_number"}},
        {.field = "student_number",
         .name_zh = "学号",
         .name_en = "Student number",
         .headers = {"学生学号", "student_number", "student id"}},
        {.field = "ethnic_code",
         .name_zh = "民族代码",
         .name_en = "Ethnic code",
         .headers = {"民族", "ethnic_code"}},
        {.field = "name",
         .name_zh = "姓名",
         .name_en = "Name",
         .headers = {"学生姓名", "名字", "student name"}},
        {.field = "sex", .name_zh = "性别", .name_en = "Sex", .headers = {"gender", "性別"}},
        {.field = "birth_day",
         .name_zh = "出生日期",
         .name_en = "Birth date",
         .headers = {"生日", "出生年月日", "birth_date", "date of birth"}},
        {.field = "address",
         .name_zh = "家庭住址",
         .name_en = "Home address",
         .headers = {"住址", "家庭地址", "home_address"}},
        {.field = "note", .name_zh = "备注", .name_en = "Note", .headers = {"说明", "remark"}},
    };
    for (const auto& item : items) {
        if (item.entry == ItemSpec::Entry::computed) {
            continue;
        }
        Field field{
            .field = item.code, .name_zh = item.name_zh, .name_en = item.name_en, .group = "item"};
        for (const auto& known : item_headers()) {
            if (known.code == item.code) {
                field.headers = known.headers;
            }
        }
        fields.push_back(std::move(field));
    }
    return fields;
}

}  // namespace agate::exchange

// SPDX-License-Identifier: Apache-2.0
#include "exchange/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "making.h"

namespace agate::exchange {
namespace {

using test::codes_of;
using test::csv_of;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

RosterRead read(const std::string& bytes, RosterOptions options = {}) {
    if (!options.today) {
        options.today = parse_day("2026-11-23");
    }
    auto done = read_roster(bytes, options);
    test::expect_words(done.table.problems);
    test::expect_words(done.problems);
    return done;
}

TEST(Roster, ReadsAWholePupil) {
    const auto done = read(csv_of({{"学号",
                                    "学籍号",
                                    "姓名",
                                    "性别",
                                    "年级",
                                    "班级",
                                    "校区",
                                    "出生日期",
                                    "身份证号",
                                    "座号",
                                    "民族",
                                    "家长",
                                    "关系",
                                    "电话",
                                    "父亲姓名",
                                    "父亲电话",
                                    "备注"},
                                   {"２０２６０１０１",
                                    "g110101201609010021",
                                    "张　三",
                                    "男",
                                    "四年级",
                                    "四年级2班",
                                    "东校区",
                                    "2016年9月1日",
                                    "",
                                    "12",
                                    "汉",
                                    "李四",
                                    "母亲",
                                    "138 0000 0000",
                                    "张五",
                                    "13900000000",
                                    "走读"}}));
    EXPECT_THAT(done.table.problems, IsEmpty());
    EXPECT_THAT(done.problems, IsEmpty());
    ASSERT_EQ(done.rows.size(), 1U);
    const RosterRow expected{
        .row = 2,
        .student_number = "20260101",
        .national_number = "G110101201609010021",
        .name = "张三",
        .sex = Sex::male,
        .grade = 4,
        .class_name = "四年级2班",
        .campus = "东校区",
        .birth_day = parse_day("2016-09-01"),
        .seat_number = "12",
        .ethnicity = "汉",
        .note = "走读",
        .guardians = {{"李四", "母亲", "13800000000"}, {"张五", "父亲", "13900000000"}}};
    EXPECT_EQ(done.rows[0], expected);
}

TEST(Roster, WhoLeftNeedsNoClass) {
    const auto done = read(csv_of({{"姓名", "学号", "班级", "在校状态", "离校日期"},
                                   {"张三", "1", "", "毕业", "2026/7/5"},
                                   {"李四", "2", "", "Transferred", ""},
                                   {"王五", "3", "一年级1班", "在校", ""},
                                   {"赵六", "4", "一年级1班", "", ""}}));
    EXPECT_THAT(done.problems, IsEmpty());
    ASSERT_EQ(done.rows.size(), 4U);
    EXPECT_TRUE(done.rows[0].has_left);
    EXPECT_EQ(done.rows[0].left_on, parse_day("2026-07-05"));
    EXPECT_TRUE(done.rows[1].has_left);
    EXPECT_EQ(done.rows[1].left_on, std::nullopt);
    EXPECT_FALSE(done.rows[2].has_left);
    EXPECT_FALSE(done.rows[3].has_left);
}

TEST(Roster, FillsSexAndBirthFromAValidIdNumber) {
    const auto done =
        read(csv_of({{"姓名", "身份证号", "班级"}, {"张三", "11010519491231002x", "高一1班"}}));
    EXPECT_EQ(done.rows[0].sex, Sex::female);
    EXPECT_EQ(done.rows[0].birth_day, parse_day("1949-12-31"));
    EXPECT_EQ(done.rows[0].id_number, "11010519491231002X");
    EXPECT_EQ(done.rows[0].grade, 10);
}

TEST(Roster, NamesEachFault) {
    struct Case {
        std::vector<std::string> header, row;
        std::string code;
        bool is_ready;
    };

    const std::vector<Case> cases = {
        {{"姓名", "学号", "班级"}, {"", "1", "一年级1班"}, "name_missing", false},
        {{"姓名", "学号", "班级"}, {"20260101", "1", "一年级1班"}, "name_is_number", false},
        {{"姓名", "学号", "班级"}, {"张三", "", "一年级1班"}, "student_number_missing", false},
        {{"姓名", "学号", "班级"}, {"张三", "1.0", "一年级1班"}, "number_has_fraction", false},
        {{"姓名", "学号", "班级"}, {"张三", "1/2", "一年级1班"}, "number_unreadable", false},
        {{"姓名", "学号", "班级"}, {"张三", "1", ""}, "class_missing", false},
        {{"姓名", "学号", "班级", "状态"},
         {"张三", "1", "一年级1班", "休假"},
         "status_unreadable",
         false},
        {{"姓名", "学号", "班级", "离校日期"},
         {"张三", "1", "一年级1班", "2026-07-05"},
         "left_on_but_here",
         false},
        {{"姓名", "身份证号", "班级"},
         {"张三", "110105194912310021", "一年级1班"},
         "id_number_wrong",
         false},
        {{"姓名", "身份证号", "班级"},
         {"张三", "110105491231002", "一年级1班"},
         "id_number_old",
         false},
        {{"姓名", "学号", "班级", "性别"},
         {"张三", "1", "一年级1班", "无"},
         "sex_unreadable",
         false},
        {{"姓名", "学号", "班级", "性别"},
         {"张三", "1", "一年级1班", ""},
         "roster_sex_missing",
         true},
        {{"姓名", "学号", "班级", "年级"}, {"张三", "1", "一班", "41"}, "grade_university", false},
        {{"姓名", "学号", "班级", "年级"},
         {"张三", "1", "一班", "幼儿园"},
         "grade_unreadable",
         false},
        {{"姓名", "学号", "班级", "年级"},
         {"张三", "1", "四年级2班", "3"},
         "grade_differs_from_class",
         true},
        {{"姓名", "学号", "班级", "出生日期"},
         {"张三", "1", "一年级1班", "2015-02-30"},
         "date_unreadable",
         false},
        {{"姓名", "学号", "班级", "出生日期"},
         {"张三", "1", "一年级1班", "2027-01-01"},
         "birth_in_future",
         false},
        {{"姓名", "学号", "班级", "出生日期"},
         {"张三", "1", "一年级1班", "1980-01-01"},
         "birth_unusual",
         true},
        {{"姓名", "学号", "班级", "出生日期"},
         {"张三", "1", "一年级1班", "42248"},
         "date_read_as_serial",
         true},
        {{"姓名", "学号", "班级", "电话"},
         {"张三", "1", "一年级1班", "问班主任"},
         "phone_unusual",
         true},
        {{"姓名", "学号", "班级"}, {"张,三", "1", "一年级1班"}, "", true},
    };
    for (const auto& one : cases) {
        const auto done = read(csv_of({one.header, one.row}));
        ASSERT_EQ(done.rows.size(), 1U) << one.code;
        EXPECT_EQ(done.rows[0].is_ready, one.is_ready) << one.code;
        if (one.code.empty()) {
            EXPECT_THAT(done.problems, IsEmpty());
        } else {
            EXPECT_THAT(codes_of(done.problems), ElementsAre(one.code));
        }
    }
}

TEST(Roster, AnIdNumberTypedAsANumberHasLostItsEnd) {
    const auto done =
        read(test::make_book({.sheet_data = test::text_row(1, {"姓名", "身份证号", "班级"}) +
                                            R"(<row r="2"><c r="A2" t="str"><v>张三</v></c>)"
                                            R"(<c r="B2"><v>2.1020220121001821E+17</v></c>)"
                                            R"(<c r="C2" t="str"><v>一年级1班</v></c></row>)"}));
    EXPECT_THAT(codes_of(done.problems), ElementsAre("number_lost_digits"));
    EXPECT_FALSE(done.rows[0].is_ready);
}

TEST(Roster, TheSameNumberTwiceIsAFaultOfBothRows) {
    const auto done = read(csv_of({{"姓名", "学号", "班级"},
                                   {"李子涵", "20260101", "一年级1班"},
                                   {"李子涵", "20260102", "一年级1班"},
                                   {"王五", "20260101", "一年级2班"},
                                   {"甲", "1", "一年级1班"},
                                   {"乙", "1", "一年级2班"}}));
    EXPECT_THAT(codes_of(done.problems),
                ElementsAre("student_number_twice", "student_number_twice"));
    EXPECT_EQ(done.problems[0].where.row, 2);
    EXPECT_EQ(done.problems[1].where.row, 4);
    EXPECT_FALSE(done.rows[0].is_ready);
    EXPECT_TRUE(done.rows[1].is_ready);
    EXPECT_TRUE(done.rows[3].is_ready);
}

TEST(Roster, NeedsAClassAndANumber) {
    const auto bytes = csv_of({{"姓名", "学号"}, {"张三", "1"}});
    EXPECT_FALSE(read(bytes).table.is_readable());
    RosterOptions options;
    options.class_name = "三年级1班";
    const auto done = read(bytes, options);
    EXPECT_EQ(done.rows[0].class_name, "三年级1班");
    EXPECT_EQ(done.rows[0].grade, 3);
    EXPECT_FALSE(read(csv_of({{"姓名", "班级"}, {"张三", "1班"}})).table.is_readable());
}

TEST(Roster, JoinsOneRosterFiles) {
    const std::string users =
        "sourcedId,username,givenName,familyName,phone\n1,a,Ada,Li,\n2,b,Bo,Li,555\n3,c,Cy,Wu,\n";
    const std::string roles =
        "userSourcedId,orgSourcedId,role,grade,isPrimary\n1,9,student,07,TRUE\n2,9,guardian,,"
        "TRUE\n3,9,student,PS1,TRUE\n";
    const std::string orgs = "sourcedId,name,type\n9,Lake School,school\n";
    const std::string classes = "sourcedId,title\n5,7A\n6,Art\n";
    const std::string enrollments =
        "classSourcedId,userSourcedId,role\n5,1,student\n6,1,student\n8,3,student\n";
    const std::string people = "userSourcedId,sex,birthDate\n1,female,2013-07-02\n";
    const std::string relations =
        "userSourcedId,relationshipUserSourcedId,relationshipRole\n1,2,guardian\n1,77,relative\n";
    const auto done = read_roster_files({{"x/users.csv", users},
                                         {"x/roles.csv", roles},
                                         {"x/orgs.csv", orgs},
                                         {"x/classes.csv", classes},
                                         {"x/enrollments.csv", enrollments},
                                         {"x/demographics.csv", people},
                                         {"x/relationships.csv", relations}},
                                        {});
    test::expect_words(done.problems);
    test::expect_words(done.table.problems);
    ASSERT_EQ(done.rows.size(), 2U);
    EXPECT_EQ(done.rows[0].name, "Ada Li");
    EXPECT_EQ(done.rows[0].school, "Lake School");
    EXPECT_EQ(done.rows[0].grade, 7);
    EXPECT_EQ(done.rows[0].class_name, "7A");
    EXPECT_EQ(done.rows[0].sex, Sex::female);
    EXPECT_THAT(done.rows[0].guardians, ElementsAre(GuardianContact{"Bo Li", "guardian", "555"}));
    EXPECT_FALSE(done.rows[1].is_ready);
    EXPECT_THAT(codes_of(done.problems),
                UnorderedElementsAre("class_chosen_from_several",
                                     "guardian_unknown",
                                     "grade_unreadable",
                                     "class_unknown",
                                     "class_missing"));
    EXPECT_THAT(codes_of(done.table.problems), ElementsAre("users_not_students"));
    EXPECT_THAT(codes_of(read_roster_files({{"a.csv", users}}, {}).table.problems),
                ElementsAre("roster_users_missing"));
}

}  // namespace
}  // namespace agate::exchange

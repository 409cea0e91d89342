// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <map>
#include <optional>
#include <set>

#include "app/founding.h"
#include "app/rights.h"
#include "base/csv.h"
#include "base/text.h"

namespace agate::app {
namespace {

struct Column {
    std::string_view zh, en;
    std::string FoundingPost::*field;
};

const std::array columns{Column{"岗位", "role", &FoundingPost::role},
                         Column{"姓名", "name", &FoundingPost::name},
                         Column{"工号", "number", &FoundingPost::number},
                         Column{"登录名", "login", &FoundingPost::login},
                         Column{"班级", "class", &FoundingPost::class_name}};

class Reader {
public:
    explicit Reader(std::string_view file) : file_(file) {}

    PostList read(std::string_view text) {
        CsvReader csv(text);
        CsvRecord record;
        if (csv.next(record)) {
            read_header(record);
            while (csv.next(record)) {
                take(record);
            }
        }
        for (auto problem : csv.problems()) {
            problem.where.file = file_;
            list_.problems.push_back(problem);
        }
        for (const auto* role : {"principal", "academic_office", "system_administrator"}) {
            if (!roles_.contains(role)) {
                fault(0, "post_missing", {{"role", role}});
            }
        }
        return std::move(list_);
    }

private:
    void fault(std::int64_t row, std::string code, MessageArgs args) {
        Problem problem;
        problem.where.file = file_;
        problem.where.row = row;
        problem.code = std::move(code);
        problem.args = std::move(args);
        list_.problems.push_back(std::move(problem));
    }

    void read_header(const CsvRecord& record) {
        for (const auto& field : record.fields) {
            const auto key = fold_key(field);
            const Column* found = nullptr;
            for (const auto& column : columns) {
                if (key == column.zh || key == column.en) {
                    found = &column;
                }
            }
            order_.push_back(found);
        }
    }

    void take(const CsvRecord& record) {
        FoundingPost post;
        for (std::size_t i = 0; i < std::min(order_.size(), record.fields.size()); ++i) {
            if (order_[i] != nullptr) {
                post.*(order_[i]->field) = trim(record.fields[i]);
            }
        }
        const auto role = role_code(post.role);
        if (!role) {
            fault(record.line, "post_role_unknown", {{"role", post.role}});
        } else if (post.name.empty() || post.login.empty()) {
            fault(record.line, "post_incomplete", {});
        } else if (!logins_.insert(post.login).second) {
            fault(record.line, "post_login_twice", {{"login", post.login}});
        } else {
            post.role = *role;
            roles_.insert(*role);
            list_.posts.push_back(std::move(post));
        }
    }

    static std::optional<std::string> role_code(const std::string& written) {
        if (rights().find_role(written)) {
            return written;
        }
        for (const auto& role : rights().roles()) {
            if (role.name_zh == written) {
                return role.code;
            }
        }
        return std::nullopt;
    }

    std::string file_;
    PostList list_;
    std::vector<const Column*> order_;
    std::set<std::string> logins_, roles_;
};

}  // namespace

PostList read_posts(std::string_view text, std::string_view file) {
    const auto decoded = is_utf8(text) ? std::optional<std::string>{} : gb18030_to_utf8(text);
    return Reader(file).read(decoded ? std::string_view{*decoded} : text);
}

}  // namespace agate::app

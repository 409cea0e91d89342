// SPDX-License-Identifier: Apache-2.0
#include "store/schema.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace agate::embedded {
std::span<const EmbeddedFile> migrations();
}  // namespace agate::embedded

namespace agate::store {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> type_words{{
    {"double precision", "real"},
    {"boolean", "integer"},
    {"bigint", "integer"},
    {"bytea", "blob"},
    {"uuid", "blob"},
    {"json", "text"},
}};

bool is_word(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

std::string replace_words(std::string text, std::string_view from, std::string_view to) {
    std::size_t at = 0;
    while ((at = text.find(from, at)) != std::string::npos) {
        const std::size_t end = at + from.size();
        const bool is_whole =
            (at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]));
        if (is_whole) {
            text.replace(at, from.size(), to);
        }
        at += is_whole ? to.size() : from.size();
    }
    return text;
}

std::string_view word_after(std::string_view text, std::string_view before) {
    const auto at = text.find(before);
    if (at == std::string_view::npos) {
        return {};
    }
    const auto rest = trim(text.substr(at + before.size()));
    return rest.substr(
        0, static_cast<std::size_t>(std::ranges::find_if_not(rest, is_word) - rest.begin()));
}

std::vector<EmbeddedFile> files_in(std::string_view folder) {
    std::vector<EmbeddedFile> chosen;
    for (const auto& file : embedded::migrations()) {
        const auto slash = file.path.rfind('/');
        const auto of = slash == std::string_view::npos ? "" : file.path.substr(0, slash);
        if (of == folder) {
            chosen.push_back(file);
        }
    }
    std::ranges::sort(chosen, {}, &EmbeddedFile::path);
    return chosen;
}

}  // namespace

std::vector<SchemaStatement> split_schema(std::string_view text) {
    std::vector<SchemaStatement> statements;
    SchemaStatement current;
    for (const auto raw : split(text, '\n')) {
        const auto line = trim(raw);
        if (line.starts_with("-- place:")) {
            current.place = trim(line.substr(9));
        }
        if (line.empty() || line.starts_with("--")) {
            continue;
        }
        current.text += current.text.empty() ? "" : "\n";
        current.text += raw;
        if (line.ends_with(';')) {
            current.table = word_after(current.text, "create table ");
            statements.push_back(std::exchange(current, {}));
        }
    }
    ensure(current.text.empty(), "a migration ends with a semicolon");
    return statements;
}

std::string schema_for_sqlite(std::string_view text) {
    std::string swapped(text);
    for (const auto& [from, to] : type_words) {
        swapped = replace_words(std::move(swapped), from, to);
    }
    if (swapped.starts_with("create table ")) {
        const auto end = swapped.rfind(')');
        ensure(end != std::string::npos, "create table has a list of columns");
        swapped.insert(end + 1, " strict, without rowid");
    }
    return swapped;
}

std::string insert_text(std::string_view table, std::span<const std::string_view> columns) {
    std::string names;
    std::string places;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        names += (i == 0 ? "" : ", ") + std::string(columns[i]);
        places += (i == 0 ? "$" : ", $") + std::to_string(i + 1);
    }
    return "insert into " + std::string(table) + " (" + names + ") values (" + places + ")";
}

void migrate(Db& db, std::span<const EmbeddedFile> files, Instant now) {
    db.begin_write();
    if (db.columns_of("migration").empty()) {
        db.run_script(db.translate_schema(
            "create table migration (name text not null, statements bigint not null,"
            " applied_at bigint not null, primary key (name));"));
    }
    for (const auto& file : files) {
        const auto statements = split_schema(file.bytes);
        std::int64_t done = 0;
        {
            Query query(db, "select statements from migration where name = $1", file.path);
            done = query.next() ? query.int64(0) : 0;
        }
        for (auto at = static_cast<std::size_t>(done); at < statements.size(); ++at) {
            db.run_script(db.translate_schema(statements[at].text));
            execute(db,
                    "insert into migration (name, statements, applied_at) values ($1, $2, $3)"
                    " on conflict (name) do update set statements = excluded.statements,"
                    " applied_at = excluded.applied_at",
                    file.path,
                    static_cast<std::int64_t>(at + 1),
                    now);
        }
    }
    db.commit();
}

std::vector<EmbeddedFile> store_migrations() {
    return files_in("");
}

std::vector<EmbeddedFile> key_migrations() {
    return files_in("keys");
}

std::vector<SchemaStatement> schema_tables(std::span<const EmbeddedFile> files) {
    std::vector<SchemaStatement> tables;
    for (const auto& file : files) {
        for (auto& statement : split_schema(file.bytes)) {
            if (!statement.table.empty()) {
                tables.push_back(std::move(statement));
            }
        }
    }
    return tables;
}

}  // namespace agate::store

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/day.h"
#include "base/id.h"
#include "core/ids.h"

// The seam between the SQL of this folder and a database. One text of every statement, with $1, $2
// for parameters, runs on every driver (docs/store.md). Only a driver's .cpp knows its library.
namespace agate::store {

/// One value on its way into a statement. It owns nothing: text and bytes must outlive the call.
struct Value {
    enum class Type : std::uint8_t { null, integer, boolean, real, text, blob };
    Type type = Type::null;
    std::int64_t number = 0;
    double real = 0;
    std::string_view bytes;

    Value() = default;

    Value(std::nullopt_t) {}

    Value(std::int64_t value) : type(Type::integer), number(value) {}

    Value(int value) : type(Type::integer), number(value) {}

    Value(bool value) : type(Type::boolean), number(value ? 1 : 0) {}

    Value(double value) : type(Type::real), real(value) {}

    Value(std::string_view value) : type(Type::text), bytes(value) {}

    Value(const std::string& value) : type(Type::text), bytes(value) {}

    Value(const char* value) : type(Type::text), bytes(value) {}

    Value(Bytes value)
        : type(Type::blob), bytes(reinterpret_cast<const char*>(value.data()), value.size()) {}

    template <std::size_t n>
    Value(const std::array<std::uint8_t, n>& value) : Value(Bytes{value}) {}

    template <class Tag>
    Value(const Uuid<Tag>& value) : Value(Bytes{value.bytes}) {}

    template <class Tag>
    Value(NumberId<Tag> value) : Value(value.value) {}

    Value(Day value) : Value(std::int64_t{value.number}) {}

    Value(Instant value) : Value(value.micros) {}

    template <class T>
    Value(const std::optional<T>& value) {
        if (value) {
            *this = Value(*value);
        }
    }
};

/// The bytes of a string as a blob parameter.
[[nodiscard]] inline Value blob(std::string_view bytes) {
    return Value(as_bytes(bytes));
}

/// Text, or null where there is none: '' is never stored.
[[nodiscard]] inline Value text_or_null(std::string_view text) {
    return text.empty() ? Value() : Value(text);
}

/// A prepared statement of one connection. Use it through Query or execute.
class Statement {
public:
    virtual ~Statement() = default;
    /// `borrow`: text and bytes stay where they are until the statement is reset.
    enum class Keep { copy, borrow };
    virtual void bind(int number, const Value& value, Keep keep) = 0;
    /// True: a row is there. False: finished.
    virtual bool step() = 0;
    virtual void reset() = 0;

    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t int64(int column) const = 0;
    [[nodiscard]] virtual double real(int column) const = 0;
    /// Valid until the next step.
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual std::string_view blob(int column) const = 0;
    /// Whatever the column holds; a boolean may come back as an integer. Valid until the next step.
    [[nodiscard]] virtual Value value(int column) const = 0;
};

/// One connection; used by one thread at a time. Errors come as Error: conflict "store_conflict"
/// (unique), invalid "store_constraint" (null, check, missing parent), unavailable "store_busy",
/// "disk_full" or "store_failed".
class Db {
public:
    virtual ~Db() = default;

    /// A snapshot: every read until `commit` sees one state.
    virtual void begin_read() = 0;
    /// Takes the write lock at once.
    virtual void begin_write() = 0;
    /// On return what was written is on the disk.
    virtual void commit() = 0;
    virtual void rollback() = 0;
    [[nodiscard]] virtual bool is_in_transaction() const = 0;

    /// One nested step inside a write transaction.
    virtual void set_savepoint() = 0;
    virtual void release_savepoint() = 0;
    virtual void rollback_to_savepoint() = 0;

    /// Prepared once for each text and connection. Taken until reset.
    [[nodiscard]] virtual Statement& prepare(std::string_view text) = 0;
    /// Statements without parameters, one after the other.
    virtual void run_script(std::string_view text) = 0;
    /// Rows touched by the last insert, update or delete.
    [[nodiscard]] virtual std::int64_t changed_rows() const = 0;
    /// The words this database uses for the migration's types.
    [[nodiscard]] virtual std::string translate_schema(std::string_view text) const = 0;

    /// Fills one row into `row` and says whether there was one.
    using NextRow = std::function<bool(std::span<Value> row)>;
    /// Bulk load in the current write transaction; `row` has one value a column. Returns rows
    /// taken.
    virtual std::int64_t copy_in(std::string_view table,
                                 std::span<const std::string_view> columns,
                                 const NextRow& next) = 0;

    /// Wakes whoever waits. A hint only: polling is the truth.
    virtual void hint() = 0;
    virtual void wait(std::chrono::milliseconds longest) = 0;

    /// Names of a table's columns, in order; empty when there is no such table.
    [[nodiscard]] virtual std::vector<std::string> columns_of(std::string_view table) = 0;
    /// The driver's own check of its files; what is wrong, or nothing.
    [[nodiscard]] virtual std::optional<std::string> check_integrity() = 0;
};

/// A write transaction for a scope: rolled back unless `commit` was called on the connection.
class Transaction {
public:
    explicit Transaction(Db& db) : db_(db) { db.begin_write(); }

    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

private:
    Db& db_;
};

/// A statement that gives rows: `for (Query q(db, text, a, b); q.next();) … q.int64(0)`.
class Query {
public:
    template <class... Values>
    Query(Db& db, std::string_view text, const Values&... values) : statement_(&db.prepare(text)) {
        int number = 0;
        (statement_->bind(++number, Value(values), Statement::Keep::copy), ...);
    }

    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    ~Query() { statement_->reset(); }

    [[nodiscard]] bool next() { return statement_->step(); }

    [[nodiscard]] bool is_null(int column) const { return statement_->is_null(column); }

    [[nodiscard]] std::int64_t int64(int column) const { return statement_->int64(column); }

    [[nodiscard]] double real(int column) const { return statement_->real(column); }

    [[nodiscard]] bool boolean(int column) const { return statement_->int64(column) != 0; }

    /// Empty for null.
    [[nodiscard]] std::string_view text(int column) const { return statement_->text(column); }

    [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }

    [[nodiscard]] std::string_view blob(int column) const { return statement_->blob(column); }

    [[nodiscard]] Value value(int column) const { return statement_->value(column); }

    [[nodiscard]] Day day(int column) const {
        return Day{static_cast<std::int32_t>(statement_->int64(column))};
    }

    [[nodiscard]] Instant instant(int column) const { return Instant{statement_->int64(column)}; }

    /// Throws Error(internal, "store_damaged") when the cell has not exactly `n` bytes.
    template <class Id>
    [[nodiscard]] Id id(int column) const {
        Id result;
        copy_bytes(column, result.bytes);
        return result;
    }

    [[nodiscard]] Digest digest(int column) const {
        Digest result{};
        copy_bytes(column, result);
        return result;
    }

    template <class Id>
    [[nodiscard]] std::optional<Id> optional_id(int column) const {
        return is_null(column) ? std::nullopt : std::optional<Id>(id<Id>(column));
    }

    [[nodiscard]] std::optional<std::int64_t> optional_int64(int column) const {
        return is_null(column) ? std::nullopt : std::optional<std::int64_t>(int64(column));
    }

    [[nodiscard]] std::optional<Day> optional_day(int column) const {
        return is_null(column) ? std::nullopt : std::optional<Day>(day(column));
    }

    [[nodiscard]] std::optional<Instant> optional_instant(int column) const {
        return is_null(column) ? std::nullopt : std::optional<Instant>(instant(column));
    }

private:
    void copy_bytes(int column, std::span<std::uint8_t> out) const;

    Statement* statement_;
};

/// Runs a statement to its end; returns the rows it touched.
std::int64_t execute_values(Db& db, std::string_view text, std::span<const Value> values);

template <class... Values>
std::int64_t execute(Db& db, std::string_view text, const Values&... values) {
    const std::array<Value, sizeof...(Values)> list{Value(values)...};
    return execute_values(db, text, list);
}

}  // namespace agate::store

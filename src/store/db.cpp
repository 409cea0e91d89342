// SPDX-License-Identifier: Apache-2.0
#include "store/db.h"

#include <cstring>

#include "base/error.h"

namespace agate::store {

Transaction::~Transaction() {
    if (db_.is_in_transaction()) {
        db_.rollback();
    }
}

void Query::copy_bytes(int column, std::span<std::uint8_t> out) const {
    const std::string_view bytes = statement_->blob(column);
    if (bytes.size() != out.size()) {
        throw Error(ErrorKind::internal,
                    "store_damaged",
                    {},
                    "a cell has " + std::to_string(bytes.size()) + " bytes instead of " +
                        std::to_string(out.size()));
    }
    std::memcpy(out.data(), bytes.data(), out.size());
}

namespace {

/// Gives the statement back on every way out.
class Taken {
public:
    Taken(Db& db, std::string_view text) : statement_(db.prepare(text)) {}

    ~Taken() { statement_.reset(); }

    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;

    Statement* operator->() { return &statement_; }

private:
    Statement& statement_;
};

}  // namespace

std::int64_t execute_values(Db& db, std::string_view text, std::span<const Value> values) {
    Taken statement(db, text);
    int number = 0;
    for (const auto& value : values) {
        statement->bind(++number, value, Statement::Keep::borrow);
    }
    while (statement->step()) {
    }
    return db.changed_rows();
}

}  // namespace agate::store

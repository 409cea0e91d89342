// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "store/imports.h"

namespace agate::store {

namespace {

constexpr std::size_t piece_bytes = 1 << 20;

/// The key store keeps an import's key as it keeps a person's.
PersonId key_of(const ImportId& import) {
    return {import.bytes};
}

CellPlace place_of(SchoolId school,
                   const ImportId& import,
                   std::string_view table,
                   std::string_view column) {
    return {.school = school,
            .table = table,
            .column = column,
            .row = import.bytes,
            .owner = key_of(import)};
}

std::string piece_column(std::string_view part, std::size_t piece) {
    return std::string(part) + ":" + std::to_string(piece);
}

std::string mend_column(std::int64_t row, std::int64_t column) {
    return std::to_string(row) + ":" + std::to_string(column);
}

}  // namespace

void put_import_part(Db& db,
                     Keys& keys,
                     SchoolId school,
                     ImportId import,
                     std::string_view part,
                     std::string_view bytes) {
    execute(db,
            "delete from import_part where school_id = $1 and import_id = $2 and part = $3",
            school,
            import,
            part);
    std::size_t piece = 0;
    do {
        const auto chunk = bytes.substr(piece * piece_bytes, piece_bytes);
        const std::string column = piece_column(part, piece);
        const std::string sealed =
            keys.seal_cell(place_of(school, import, "import_part", column), as_bytes(chunk));
        execute(db,
                "insert into import_part (school_id, import_id, part, piece, sealed)"
                " values ($1, $2, $3, $4, $5)",
                school,
                import,
                part,
                static_cast<std::int64_t>(piece),
                blob(sealed));
    } while (++piece * piece_bytes < bytes.size());
}

std::optional<std::string> read_import_part(
    Db& db, Keys& keys, SchoolId school, ImportId import, std::string_view part) {
    std::optional<std::string> bytes;
    std::size_t piece = 0;
    for (Query query(db,
                     "select sealed from import_part where school_id = $1 and import_id = $2"
                     " and part = $3 order by piece",
                     school,
                     import,
                     part);
         query.next();) {
        const std::string column = piece_column(part, piece++);
        const auto plain =
            keys.open_cell(place_of(school, import, "import_part", column), query.blob(0));
        if (!plain) {
            return std::nullopt;
        }
        bytes = bytes.value_or("") + *plain;
    }
    return bytes;
}

void put_mend(Db& db, Keys& keys, SchoolId school, ImportId import, const Mend& mend) {
    const std::string column = mend_column(mend.row, mend.column);
    const std::string content =
        Packer().add(mend.value ? 1 : 0).add(mend.value.value_or("")).take();
    const std::string sealed =
        keys.seal_cell(place_of(school, import, "mend", column), as_bytes(content));
    execute(db,
            "insert into mend (school_id, import_id, row_number, column_number, sealed)"
            " values ($1, $2, $3, $4, $5)"
            " on conflict (school_id, import_id, row_number, column_number)"
            " do update set sealed = excluded.sealed",
            school,
            import,
            mend.row,
            mend.column,
            blob(sealed));
}

void remove_mend(Db& db, SchoolId school, ImportId import, std::int64_t row, std::int64_t column) {
    execute(db,
            "delete from mend where school_id = $1 and import_id = $2 and row_number = $3"
            " and column_number = $4",
            school,
            import,
            row,
            column);
}

std::vector<Mend> list_mends(Db& db, Keys& keys, SchoolId school, ImportId import) {
    std::vector<Mend> mends;
    for (Query query(db,
                     "select row_number, column_number, sealed from mend where school_id = $1"
                     " and import_id = $2 order by row_number, column_number",
                     school,
                     import);
         query.next();) {
        Mend mend{.row = query.int64(0), .column = query.int64(1)};
        const std::string column = mend_column(mend.row, mend.column);
        const auto content =
            keys.open_cell(place_of(school, import, "mend", column), query.blob(2));
        if (content) {
            Unpacker unpacker(*content);
            const bool has_value = unpacker.number() == 1;
            auto value = unpacker.text();
            if (has_value) {
                mend.value = std::move(value);
            }
            mends.push_back(std::move(mend));
        }
    }
    return mends;
}

std::int64_t end_import_parts_across_schools(Store& store, Instant before) {
    struct Old {
        SchoolId school;
        ImportId import;
    };

    const auto old = store.read([&](Db& db) {
        std::vector<Old> found;
        for (Query query(
                 db,
                 "select distinct i.school_id, i.import_id from import i"
                 " where i.at < $1 and i.revision = 1 and exists (select 1 from import_part p"
                 " where p.school_id = i.school_id and p.import_id = i.import_id)"
                 " order by i.school_id, i.import_id",
                 before);
             query.next();) {
            found.push_back({SchoolId{query.int64(0)}, query.id<ImportId>(1)});
        }
        return found;
    });
    for (const auto& [school, import] : old) {
        store.write([&](Db& db) {
            record(db,
                   {.school = school,
                    .act = "import.end",
                    .at = store.now(),
                    .subjects = {import.bytes}});
            execute(db,
                    "delete from import_part where school_id = $1 and import_id = $2",
                    school,
                    import);
            execute(db, "delete from mend where school_id = $1 and import_id = $2", school, import);
        });
        store.keys().destroy(key_of(import), store.now());
    }
    return static_cast<std::int64_t>(old.size());
}

}  // namespace agate::store

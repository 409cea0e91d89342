// SPDX-License-Identifier: Apache-2.0
#include "store/imports.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace agate::store {

namespace {

constexpr std::string_view columns =
    "select import_id, revision, kind, file_digest, file_bytes, by_id, at, state, outcome_digest,"
    " counts, commitment, sealed from import where school_id = $1";

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

ImportState state_of(std::string_view text) {
    if (text == "committed") {
        return ImportState::committed;
    }
    return text == "refused" ? ImportState::refused : ImportState::dry_run_done;
}

Import read_import(const Query& query, Keys& keys, SchoolId school) {
    Import import{.import_id = query.id<ImportId>(0),
                  .revision = query.int64(1),
                  .kind = query.string(2),
                  .file_digest = query.digest(3),
                  .file_bytes = query.int64(4),
                  .by = query.id<PersonId>(5),
                  .at = query.instant(6),
                  .state = state_of(query.text(7)),
                  .outcome_digest = query.digest(8),
                  .counts = query.string(9)};
    const auto opened = open_content(keys,
                                     place_of(school, import.import_id, "import", "sealed"),
                                     query.blob(11),
                                     query.digest(10));
    if (opened.state == ContentState::damaged) {
        throw Error(ErrorKind::internal, "cell_unreadable", {}, "import.sealed");
    }
    if (opened.state == ContentState::readable) {
        Unpacker unpacker(opened.content);
        import.file_name = unpacker.text();
        import.mapping = unpacker.text();
    }
    return import;
}

std::string piece_column(std::string_view part, std::size_t piece) {
    return std::string(part) + ":" + std::to_string(piece);
}

std::string mend_column(std::int64_t row, std::int64_t column) {
    return std::to_string(row) + ":" + std::to_string(column);
}

}  // namespace

std::string_view to_text(ImportState state) {
    switch (state) {
        case ImportState::dry_run_done:
            return "dry_run_done";
        case ImportState::committed:
            return "committed";
        case ImportState::refused:
            break;
    }
    return "refused";
}

SealedImport seal_import(Keys& keys, SchoolId school, Import import, Instant now) {
    keys.create(key_of(import.import_id), now);
    const std::string content = Packer().add(import.file_name).add(import.mapping).take();
    auto sealed =
        seal_content(keys, place_of(school, import.import_id, "import", "sealed"), content);
    return {.import = std::move(import), .content = std::move(sealed)};
}

void add_import(Entry& entry, const SealedImport& sealed) {
    const Import& import = sealed.import;
    const std::array<Value, 10> values{import.import_id,
                                       import.revision,
                                       import.kind,
                                       import.file_digest,
                                       import.file_bytes,
                                       import.by,
                                       entry.at(),
                                       to_text(import.state),
                                       import.outcome_digest,
                                       text_or_null(import.counts)};
    entry.insert(covered_table("import"), values, &sealed.content);
}

std::optional<Import> find_import(Db& db, Keys& keys, SchoolId school, ImportId import) {
    static const std::string text =
        std::string(columns) + " and import_id = $2 order by revision desc limit 1";
    Query query(db, text, school, import);
    return query.next() ? std::optional(read_import(query, keys, school)) : std::nullopt;
}

std::vector<Import> list_imports(Db& db, Keys& keys, SchoolId school, int limit) {
    static const std::string text = std::string(columns) +
                                    " and not exists (select 1 from import n"
                                    " where n.school_id = import.school_id"
                                    " and n.import_id = import.import_id"
                                    " and n.revision > import.revision)"
                                    " order by seq desc limit $2";
    std::vector<Import> imports;
    for (Query query(db, text, school, limit); query.next();) {
        imports.push_back(read_import(query, keys, school));
    }
    return imports;
}

std::vector<ImportId> find_committed_file(Db& db, SchoolId school, const Digest& file_digest) {
    std::vector<ImportId> imports;
    for (Query query(db,
                     "select distinct import_id from import where school_id = $1"
                     " and file_digest = $2 and state = 'committed' order by import_id",
                     school,
                     file_digest);
         query.next();) {
        imports.push_back(query.id<ImportId>(0));
    }
    return imports;
}

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

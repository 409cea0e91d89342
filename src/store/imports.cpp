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

/// The key store keeps an import's key as it keeps a person's.
PersonId key_of(const ImportId& import) {
    return {import.bytes};
}

CellPlace place_of(SchoolId school, const ImportId& import) {
    return {.school = school,
            .table = "import",
            .column = "sealed",
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
    const auto opened =
        open_content(keys, place_of(school, import.import_id), query.blob(11), query.digest(10));
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
    auto sealed = seal_content(keys, place_of(school, import.import_id), content);
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

}  // namespace agate::store

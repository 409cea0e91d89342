// SPDX-License-Identifier: Apache-2.0
#include "app/importing.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "app/frameworks.h"
#include "app/guard.h"
#include "app/import_commit.h"
#include "app/import_json.h"
#include "app/import_run.h"
#include "app/pages.h"
#include "base/error.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "exchange/templates.h"
#include "store/audit.h"
#include "store/store.h"

namespace agate::app {
namespace {

store::Act act_of(const Services& services,
                  const Call& call,
                  SchoolId school,
                  std::string_view act,
                  ImportId import) {
    return {.school = school,
            .act = std::string(act),
            .at = services.clock(),
            .actor = call.actor.person_id,
            .post = {},
            .subjects = {import.bytes},
            .object = {},
            .purpose = {},
            .outcome = {},
            .request_id = call.request_id,
            .address = call.network_address};
}

std::string mapping_json(const Mapping& mapping) {
    JsonWriter json;
    json.begin_object().member("sheet", mapping.sheet).member("header_row", mapping.header_row);
    json.key("columns").begin_object();
    for (const auto& [letters, field] : mapping.columns) {
        json.member(letters, field);
    }
    json.end_object().key("options").begin_object();
    for (const auto& [name, flag] : mapping.options) {
        json.member(name, flag);
    }
    json.end_object().end_object();
    return json.take();
}

Mapping parse_mapping(const std::string& text) {
    Mapping mapping;
    if (text.empty()) {
        return mapping;
    }
    const auto value = boost::json::parse(text);
    const auto& object = value.as_object();
    mapping.sheet = std::string(object.at("sheet").as_string());
    mapping.header_row = static_cast<int>(object.at("header_row").as_int64());
    for (const auto& entry : object.at("columns").as_object()) {
        mapping.columns.emplace(std::string(entry.key()),
                                entry.value().is_null()
                                    ? std::nullopt
                                    : std::optional<std::string>(entry.value().as_string()));
    }
    for (const auto& entry : object.at("options").as_object()) {
        mapping.options.emplace(std::string(entry.key()), entry.value().as_bool());
    }
    return mapping;
}

std::string_view kind_text(ImportKind kind) {
    constexpr std::array<std::string_view, 3> names{"roster", "evidence", "fitness"};
    return names[static_cast<std::size_t>(kind)];
}

SchoolId own_school(const Actor& actor) {
    const auto school = school_of(actor);
    if (!school) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    return *school;
}

/// The classes that the actor may bring records in for; refused when there are none.
std::vector<OrgId> classes_for(const Services& services,
                               const Call& call,
                               const Directory& directory,
                               SchoolId school,
                               ImportKind kind) {
    const bool is_roster = kind == ImportKind::roster;
    const auto* resource = is_roster ? "roster" : "import";
    std::vector<OrgId> classes;
    for (const auto class_id : directory.classes_of(school)) {
        const auto target = class_target(directory, class_id);
        if (authorise(services.rights, call.actor, resource, "create", target, {"dry_run"})
                .is_allowed()) {
            classes.push_back(class_id);
        }
    }
    if (classes.empty()) {
        // Says why: a missing second factor, or no such right at all.
        Target target;
        target.placement = directory.placement(OrgId{school.value});
        for (const auto& held : call.actor.roles) {
            if (held.placement.school_id.value == school.value &&
                held.placement.class_id.value != 0) {
                target.placement = held.placement;
            }
        }
        require(services.rights, call.actor, resource, "create", target, {"dry_run"});
    }
    return classes;
}

ImportKind kind_of(const store::Import& import) {
    const auto kind = parse_import_kind(import.kind);
    ensure(kind.has_value(), "an import has a known kind");
    return *kind;
}

/// An import with everything a dry run asks for.
struct Opened {
    store::Import import;
    ImportSource source;
};

ImportSource make_source(Services& services, const Call& call, SchoolId school, ImportKind kind) {
    ImportSource source;
    source.kind = kind;
    source.school = school;
    source.directory = services.directory.get();
    source.period = choose_period(services, school, std::nullopt);
    source.plans = services.frameworks.plans(school, source.period.period_id);
    source.importer = call.actor.person_id;
    source.classes = classes_for(services, call, *source.directory, school, kind);
    return source;
}

Opened open_import(Services& services, const Call& call, ImportId id, std::string_view action) {
    const auto school = own_school(call.actor);
    auto& keys = services.store.keys();
    std::optional<store::Import> import;
    std::optional<std::string> file;
    std::vector<store::Mend> mends;
    services.store.read([&](store::Db& db) {
        import = store::find_import(db, keys, school, id);
        if (import) {
            file = store::read_import_part(db, keys, school, id, "file");
            mends = store::list_mends(db, keys, school, id);
        }
    });
    if (!import) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    Target target;
    target.placement = services.directory.get()->placement(OrgId{school.value});
    target.author = import->by;
    target.state = store::to_text(import->state);
    require(services.rights, call.actor, "import", action, target, met_by(call, {}));
    if (!file) {
        throw Error(ErrorKind::conflict, "import_over");
    }
    Opened opened{.import = *import,
                  .source = make_source(services, call, school, kind_of(*import))};
    opened.source.file_name = import->file_name;
    opened.source.bytes = std::move(*file);
    opened.source.mapping = parse_mapping(import->mapping);
    opened.source.mends = std::move(mends);
    opened.source.is_same_file_taken = services.store.read([&](store::Db& db) {
        const auto taken = store::find_committed_file(db, school, import->file_digest);
        return std::any_of(taken.begin(), taken.end(), [&](ImportId other) { return other != id; });
    });
    return opened;
}

void save(Services& services,
          const Call& call,
          const ImportSource& source,
          store::Import import,
          const DryRun& run,
          std::string_view act) {
    import.outcome_digest = run.digest;
    import.counts = counts_json(run);
    import.mapping = mapping_json(source.mapping);
    const auto sealed = store::seal_import(
        services.store.keys(), source.school, std::move(import), services.clock());
    services.store.write([&](store::Db& db) {
        store::record(db,
                      act_of(services, call, source.school, act, sealed.import.import_id),
                      [&](store::Entry& entry) { store::add_import(entry, sealed); });
    });
}

/// Another dry run after a change of mapping or mends.
std::string rerun(Services& services, const Call& call, Opened& opened) {
    const auto run = run_import(services, opened.source);
    ++opened.import.revision;
    opened.import.at = services.clock();
    save(services, call, opened.source, opened.import, run, "import.create");
    opened.import.outcome_digest = run.digest;
    return show_import(opened.import, opened.source, run, call.language);
}

}  // namespace

std::optional<ImportKind> parse_import_kind(std::string_view text) {
    for (const auto kind : {ImportKind::roster, ImportKind::evidence, ImportKind::fitness}) {
        if (kind_text(kind) == text) {
            return kind;
        }
    }
    return std::nullopt;
}

std::string start_import(Services& services,
                         const Call& call,
                         ImportKind kind,
                         std::string_view file_name,
                         std::string bytes) {
    const auto school = own_school(call.actor);
    auto source = make_source(services, call, school, kind);
    source.file_name = file_name;
    source.bytes = std::move(bytes);
    store::Import import;
    import.import_id = services.store.make_id<ImportId>();
    import.kind = kind_text(kind);
    import.file_digest = sha256(as_bytes(std::string_view(source.bytes)));
    import.file_bytes = static_cast<std::int64_t>(source.bytes.size());
    import.by = call.actor.person_id;
    import.at = services.clock();
    import.file_name = file_name;
    source.is_same_file_taken = services.store.read([&](store::Db& db) {
        return !store::find_committed_file(db, school, import.file_digest).empty();
    });
    const auto run = run_import(services, source);
    save(services, call, source, import, run, "import.create");
    services.store.write([&](store::Db& db) {
        store::put_import_part(
            db, services.store.keys(), school, import.import_id, "file", source.bytes);
    });
    import.outcome_digest = run.digest;
    return show_import(import, source, run, call.language);
}

std::string import_json(Services& services, const Call& call, ImportId id) {
    const auto opened = open_import(services, call, id, "read");
    const auto run = run_import(services, opened.source);
    return show_import(opened.import, opened.source, run, call.language);
}

std::string map_import(Services& services, const Call& call, ImportId id, const Mapping& mapping) {
    auto opened = open_import(services, call, id, "commit");
    opened.source.mapping = mapping;
    return rerun(services, call, opened);
}

std::string mend_import(Services& services,
                        const Call& call,
                        ImportId id,
                        const std::vector<Mend>& mends) {
    auto opened = open_import(services, call, id, "commit");
    const auto school = opened.source.school;
    services.store.write([&](store::Db& db) {
        for (const auto& mend : mends) {
            const auto column = mend.skip_row ? 0 : column_number(mend.column);
            if (mend.value || mend.skip_row) {
                store::put_mend(
                    db, services.store.keys(), school, id, {mend.row, column, mend.value});
            } else {
                store::remove_mend(db, school, id, mend.row, column);
                store::remove_mend(db, school, id, mend.row, 0);
            }
        }
    });
    opened.source.mends = services.store.read(
        [&](store::Db& db) { return store::list_mends(db, services.store.keys(), school, id); });
    return rerun(services, call, opened);
}

std::string import_rows_json(Services& services,
                             const Call& call,
                             ImportId id,
                             std::string_view filter,
                             std::int64_t from,
                             int limit) {
    const auto opened = open_import(services, call, id, "read");
    const auto run = run_import(services, opened.source);
    return show_rows(opened.source, run, {filter, from, std::clamp(limit, 1, 1000)}, call.language);
}

std::string commit_import(Services& services,
                          const Call& call,
                          ImportId id,
                          const CommitChoice& choice) {
    const auto opened = open_import(services, call, id, "commit");
    const auto run = run_import(services, opened.source);
    if (to_hex(run.digest) != choice.digest) {
        throw Error(ErrorKind::conflict, "stale_digest");
    }
    if (run.count(RowState::problem) > 0 && !choice.skip_problem_rows) {
        throw Error(ErrorKind::conflict,
                    "import_has_problems",
                    {{"count", std::to_string(run.count(RowState::problem))}});
    }
    const auto done = commit_run(services, call, opened.import, opened.source, run, choice);
    JsonWriter json;
    json.begin_object();
    json.member("taken", done.taken);
    json.member("left_out", done.left_out);
    json.member("doubles", done.doubles);
    json.end_object();
    return json.take();
}

std::string left_out_csv(Services& services, const Call& call, ImportId id) {
    const auto opened = open_import(services, call, id, "read");
    const auto run = run_import(services, opened.source);
    return exchange::left_out_csv(
        opened.source.bytes, run.options, run.table, run.problems, call.language);
}

ImportSummary summarise_import(std::string_view json, Language language) {
    const auto value = boost::json::parse(boost::json::string_view(json.data(), json.size()));
    ImportSummary summary;
    const auto id = ImportId::parse(std::string(value.at("import_id").as_string()));
    ensure(id.has_value(), "an import shows its id");
    summary.id = *id;
    summary.digest = std::string(value.at("digest").as_string());
    const auto count = [&](const char* name) {
        return std::to_string(value.at("counts").at(name).as_int64());
    };
    for (const auto& problem : value.at("problems").as_array()) {
        const auto& where = problem.at("where");
        summary.text += std::string(where.at("sheet").as_string()) + " " +
                        std::string(where.at("column_letters").as_string()) +
                        std::to_string(where.at("row").as_int64()) + ": " +
                        std::string(problem.at("message").as_string()) + " " +
                        std::string(problem.at("mend").as_string()) + "\n";
    }
    summary.text += words().sentence(language,
                                     "import_summary",
                                     {{"rows", count("rows")},
                                      {"ready", count("ready")},
                                      {"problem", count("problem")},
                                      {"doubles", count("doubles")},
                                      {"before", count("taken_before")}}) +
                    "\n";
    return summary;
}

}  // namespace agate::app

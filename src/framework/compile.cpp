// SPDX-License-Identifier: Apache-2.0
#include "framework/compile.h"

#include <algorithm>
#include <deque>

#include "framework/build_plan.h"

namespace agate::framework {

namespace {

constexpr int most_compiled_mounts = 16;
constexpr std::size_t deepest_mount = 3;

// One pack with the bytes it came from.
struct Read {
    PackFiles files;
    Pack pack;
};

void add_files(Sha256& digest, const PackFiles& pack) {
    std::vector<const PackFile*> sorted;
    for (const auto& file : pack.files) {
        sorted.push_back(&file);
    }
    std::sort(sorted.begin(), sorted.end(), [](const PackFile* a, const PackFile* b) {
        return a->name < b->name;
    });
    digest.add(static_cast<std::int64_t>(sorted.size()));
    for (const auto* file : sorted) {
        digest.add(std::string_view{file->name}).add(std::string_view{file->text});
    }
}

class Compiler {
public:
    explicit Compiler(const PackFinder& find) : find_(&find) {}

    CompileOutcome run(std::span<const PackFiles> layers) {
        CompileOutcome outcome;
        auto plans = compile_layers(layers);
        if (faults_.error_count() == 0 && plans) {
            outcome.plans = std::move(plans);
        }
        outcome.problems = faults_.take();
        return outcome;
    }

private:
    Read& read(const PackFiles& files) {
        Read& out = packs_.emplace_back();
        out.files = files;
        out.pack = read_pack(out.files, faults_);
        return out;
    }

    std::optional<Plans> compile_layers(std::span<const PackFiles> layers) {
        std::vector<Read*> all;
        for (const auto& files : layers) {
            all.push_back(&read(files));
        }
        if (all.empty()) {
            return std::nullopt;
        }
        if (all.front()->pack.kind == PackKind::overlay) {
            auto* base = find_base(all.front()->pack);
            if (base == nullptr) {
                return std::nullopt;
            }
            all.insert(all.begin(), base);
        }
        if (!faults_.is_everything_read() || !check_layers(all)) {
            return std::nullopt;
        }
        return compile_checked(all);
    }

    Read* find_base(const Pack& overlay) {
        if (overlay.extends_id.value.empty()) {
            return nullptr;  // reported where pack.toml was read
        }
        auto files = (*find_)(overlay.extends_id.value);
        if (!files) {
            unknown_pack(overlay.extends_id);
            return nullptr;
        }
        return &read(*files);
    }

    void unknown_pack(const Text& id) {
        const auto shipped = shipped_packs();
        faults_.unknown(id, "unknown_pack", {shipped.begin(), shipped.end()});
    }

    bool check_layers(const std::vector<Read*>& all) {
        const auto& base = all.front()->pack;
        bool is_sound = true;
        auto below = Layer::national;
        for (std::size_t i = 1; i < all.size(); ++i) {
            const auto& overlay = all[i]->pack;
            if (overlay.kind != PackKind::overlay) {
                faults_.error(overlay.id.at, "layer_not_overlay", {{"id", overlay.id.value}});
                is_sound = false;
                continue;
            }
            is_sound = check_extends(overlay, base) && is_sound;
            if (overlay.layer && overlay.layer->value <= below) {
                faults_.error(overlay.layer->at,
                              "layer_order",
                              {{"value", std::string{to_text(overlay.layer->value)}},
                               {"below", std::string{to_text(below)}}});
            } else if (overlay.layer) {
                below = overlay.layer->value;
            }
        }
        return is_sound;
    }

    bool check_extends(const Pack& overlay, const Pack& base) {
        if (overlay.extends_id.value.empty()) {
            return false;
        }
        if (overlay.extends_id.value != base.id.value) {
            faults_.error(overlay.extends_id.at,
                          "layer_other_base",
                          {{"value", overlay.extends_id.value}, {"is", base.id.value}});
            return false;
        }
        if (overlay.extends_version.value != base.version.value) {
            faults_.error(overlay.extends_version.at,
                          "pack_version_differs",
                          {{"id", base.id.value},
                           {"value", overlay.extends_version.value},
                           {"is", base.version.value}});
        }
        return true;
    }

    Plans compile_checked(const std::vector<Read*>& all) {
        const auto& base = all.front()->pack;
        auto draft = draft_tree(base, faults_);
        if (has_scoring_tables(all.front()->files)) {
            draft.tables = read_scoring_tables(all.front()->files, faults_);
        }
        Sha256 digest;
        digest.add(std::string_view{"agate pack 1"});
        add_files(digest, all.front()->files);
        const MountCompiler mounts = [&](const PackMount& mount) {
            return compile_mount(mount, digest);
        };
        attach_measures(draft, base, Layer::national, mounts, faults_);
        check_size(draft);
        Plans plans;
        plans.national = build_tree(draft, faults_);
        for (std::size_t i = 1; i < all.size(); ++i) {
            apply_overlay(draft, all[i]->pack, faults_);
            attach_measures(draft, all[i]->pack, layer_of(all[i]->pack), mounts, faults_);
            add_files(digest, all[i]->files);
        }
        check_leaves(draft, faults_);
        if (all.size() == 1) {
            plans.school = plans.national;
        } else {
            Faults said_before;
            plans.school = build_tree(draft, said_before);
        }
        attach(plans, all, draft);
        name(plans, all, digest.finish());
        return plans;
    }

    static Layer layer_of(const Pack& pack) {
        if (pack.kind != PackKind::overlay) {
            return Layer::national;
        }
        return pack.layer ? pack.layer->value : Layer::school;
    }

    void attach(Plans& plans, const std::vector<Read*>& all, const Draft& draft) {
        const ReasonTarget target{.school = &plans.school,
                                  .national = &plans.national,
                                  .draft = &draft,
                                  .known_leaves = draft.codes(),
                                  .belief_words = all.front()->pack.belief_words};
        for (const auto* read : all) {
            attach_reasons(target, read->pack, layer_of(read->pack), faults_);
            check_belief_words(read->pack, target.belief_words);
            for (auto* plan : {&plans.school, &plans.national}) {
                plan->lists.insert(
                    plan->lists.end(), read->pack.lists.begin(), read->pack.lists.end());
                plan->certificates.insert(plan->certificates.end(),
                                          read->pack.certificates.begin(),
                                          read->pack.certificates.end());
            }
        }
        check_reasons_of_leaves(plans.school, draft, faults_);
        attach_band_rules(plans.school, all.front()->pack, faults_);
        Faults said_before;
        attach_band_rules(plans.national, all.front()->pack, said_before);
    }

    // Official names are not ours to judge; what a school calls a leaf is.
    void check_belief_words(const Pack& pack, const std::vector<std::string>& words) {
        for (const auto& row : pack.indicators) {
            const auto& shown = pack.kind == PackKind::overlay && row.display_zh.value.empty()
                                    ? row.name_zh
                                    : row.display_zh;
            for (const auto& word : words) {
                if (shown.value.find(word) != std::string::npos) {
                    faults_.error(shown.at, "belief_not_deed", {{"value", word}});
                }
            }
        }
    }

    void name(Plans& plans, const std::vector<Read*>& all, const Digest& digest) {
        for (auto* plan : {&plans.school, &plans.national}) {
            const auto count = plan == &plans.school ? all.size() : std::size_t{1};
            for (std::size_t i = 0; i < count; ++i) {
                const auto& pack = all[i]->pack;
                plan->layers.push_back(pack.id.value + " " + pack.version.value);
            }
            const auto& top = all[count - 1]->pack;
            plan->pack_id = top.id.value;
            plan->version = top.version.value;
            plan->name_zh = top.name_zh.value;
            plan->name_en = top.name_en.value;
        }
        plans.school.digest = digest;
        // The overlays' reasons are in the national plan too, so its digest rests on them.
        plans.national.digest = all.size() == 1
                                    ? digest
                                    : Sha256{}
                                          .add(std::string_view{"agate pack 1 national"})
                                          .add(Bytes{digest})
                                          .finish();
    }

    void check_size(const Draft& draft) {
        std::size_t count = draft.nodes.size();
        for (const auto& mount : draft.mounts) {
            count += mount.plan.nodes.size();
        }
        if (count > static_cast<std::size_t>(most_nodes) + 1) {
            faults_.error(
                {draft.pack->id.at.source, 0, 0},
                "pack_too_many_nodes",
                {{"count", std::to_string(count)}, {"limit", std::to_string(most_nodes)}});
        }
    }

    std::optional<Plan> compile_mount(const PackMount& mount, Sha256& digest) {
        if (mount.pack.value.empty()) {
            return std::nullopt;
        }
        if (std::find(mounting_.begin(), mounting_.end(), mount.pack.value) != mounting_.end() ||
            mounting_.size() >= deepest_mount) {
            faults_.error(mount.pack.at, "mount_cycle", {{"value", mount.pack.value}});
            return std::nullopt;
        }
        const auto files = (*find_)(mount.pack.value);
        if (!files) {
            unknown_pack(mount.pack);
            return std::nullopt;
        }
        if (++mount_count_ > most_compiled_mounts) {
            faults_.error(
                mount.pack.at, "mount_too_many", {{"limit", std::to_string(most_compiled_mounts)}});
            return std::nullopt;
        }
        auto& base = read(*files);
        if (!faults_.is_everything_read()) {
            return std::nullopt;
        }
        if (base.pack.kind == PackKind::overlay) {
            faults_.error(mount.pack.at, "mount_overlay", {{"value", mount.pack.value}});
            return std::nullopt;
        }
        if (!mount.version.value.empty() && mount.version.value != base.pack.version.value) {
            faults_.error(mount.version.at,
                          "pack_version_differs",
                          {{"id", base.pack.id.value},
                           {"value", mount.version.value},
                           {"is", base.pack.version.value}});
        }
        add_files(digest, base.files);
        mounting_.push_back(mount.pack.value);
        auto plans = compile_checked({&base});
        mounting_.pop_back();
        return std::move(plans.school);
    }

    const PackFinder* find_;
    Faults faults_;
    std::deque<Read> packs_;  ///< stay where they are: drafts point into them
    std::vector<std::string> mounting_;
    int mount_count_ = 0;
};

}  // namespace

CompileOutcome compile(std::span<const PackFiles> layers, const PackFinder& find) {
    return Compiler{find}.run(layers);
}

CompileOutcome compile_pack(const PackFiles& pack, const PackFinder& find) {
    return compile({&pack, 1}, find);
}

}  // namespace agate::framework

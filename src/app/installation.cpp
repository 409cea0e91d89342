// SPDX-License-Identifier: Apache-2.0
#include "app/installation.h"

#include <chrono>

#include "base/crypto.h"

namespace agate::app {
namespace {

store::StoreOptions store_options(const Installation::Options& options) {
    const auto paths = InstallationPaths::in(options.folder);
    store::StoreOptions store;
    store.folder = paths.store;
    store.root_key_file = paths.root_key;
    store.heads_file = paths.heads;
    store.clock = options.clock ? options.clock : Clock(system_now);
    store.random = options.random ? options.random : RandomSource(system_random);
    store.durability = options.durability;
    return store;
}

}  // namespace

Instant system_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

InstallationPaths InstallationPaths::in(const std::filesystem::path& folder) {
    return {.store = folder / "store",
            .root_key = folder / "secret" / "root.key",
            .heads = folder / "heads" / "heads.txt",
            .images = folder / "images"};
}

void Installation::create(const Options& options) {
    const auto paths = InstallationPaths::in(options.folder);
    std::filesystem::create_directories(paths.root_key.parent_path());
    std::filesystem::create_directories(paths.heads.parent_path());
    store::Store::create(store_options(options));
}

Installation::Installation(const Options& options)
    : store_(store_options(options)),
      directory_(store_, rights(), store_.options().clock),
      frameworks_(store_),
      images_(store_, InstallationPaths::in(options.folder).images),
      services_{.store = store_,
                .rights = rights(),
                .directory = directory_,
                .frameworks = frameworks_,
                .images = images_,
                .portraits = portraits_,
                .sessions = sessions_,
                .clock = store_.options().clock,
                .random = options.random ? options.random : RandomSource(system_random),
                .is_demo = options.is_demo} {}

}  // namespace agate::app

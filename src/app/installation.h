// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "app/directory.h"
#include "app/frameworks.h"
#include "app/images.h"
#include "app/services.h"
#include "app/sign_in.h"
#include "app/standings.h"
#include "store/store.h"

namespace agate::app {

/// A folder of an installation: `store` (the databases), and outside it `secret/root.key` and
/// `heads/heads.txt`. A careful operator keeps the last two on other disks, by links.
struct InstallationPaths {
    std::filesystem::path store, root_key, heads;
    std::filesystem::path
        images;  ///< derived from the store: never backed up, made again when missing

    [[nodiscard]] static InstallationPaths in(const std::filesystem::path& folder);
};

/// A store with everything that use cases ask for, put together in one place.
class Installation {
public:
    struct Options {
        std::filesystem::path folder;
        Clock clock;          ///< empty: the system's
        RandomSource random;  ///< empty: the system's
        bool is_demo = false;
        store::Durability durability = store::Durability::full;
    };

    /// Makes a new, empty one. Throws Error(conflict, "store_exists").
    static void create(const Options& options);
    /// Opens; throws Error(not_found, "store_not_found").
    explicit Installation(const Options& options);

    [[nodiscard]] Services& services() { return services_; }

    [[nodiscard]] store::Store& store() { return store_; }

private:
    store::Store store_;
    DirectoryHolder directory_;
    Frameworks frameworks_;
    Images images_;
    PortraitCache portraits_;
    Sessions sessions_;
    Services services_;
};

/// The system's clock.
[[nodiscard]] Instant system_now();

}  // namespace agate::app

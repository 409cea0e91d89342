// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "app/authorise.h"
#include "base/id.h"
#include "base/words.h"

namespace agate::store {
class Store;
}

namespace agate::app {

class DirectoryHolder;
class Frameworks;
class Images;
class PortraitCache;
class Sessions;

/// What every use case works with. Made once in main or in a test; use cases take it by reference.
struct Services {
    store::Store& store;
    const Rights& rights;
    DirectoryHolder& directory;  ///< who is where today
    Frameworks& frameworks;      ///< compiled plans of the adopted packs
    Images& images;              ///< records in the engine's own form
    PortraitCache& portraits;    ///< finished pages, dropped when a record comes in
    Sessions& sessions;
    Clock clock;
    RandomSource random;
    bool is_demo = false;
};

/// Who asks, in which language, from where. `purpose` and `reason` are empty unless given.
struct Call {
    const Actor& actor;
    Language language = Language::zh;
    std::string purpose;
    std::string reason;
    std::string network_address;
    std::string request_id;
};

}  // namespace agate::app

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

// Stands in for the fuzzing engine where there is none: gives every file of the kept corpus to the
// target, then the same files damaged in ways that are the same in every run.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int damages_a_file = 400;

void give(const std::string& bytes) {
    // A buffer of exactly this size, so that the sanitizer sees one byte too far.
    const std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

std::string damage(std::string bytes, std::mt19937& random) {
    const auto below = [&random](std::size_t limit) {
        return limit == 0 ? 0 : static_cast<std::size_t>(random() % limit);
    };
    for (std::size_t step = 0, steps = 1 + below(4); step < steps; ++step) {
        const auto at = below(bytes.size());
        switch (below(6)) {
            case 0:
                if (!bytes.empty()) {
                    bytes[at] = static_cast<char>(random());
                }
                break;
            case 1:
                bytes.resize(at);
                break;
            case 2:
                bytes.insert(at, 1 + below(3), static_cast<char>(random()));
                break;
            case 3:
                bytes.insert(at, bytes.substr(at, below(64)));
                break;
            case 4:
                bytes.erase(at, 1 + below(16));
                break;
            default:
                if (!bytes.empty()) {
                    bytes[at] = "\"',;:{}[]<>&\n\t-+=0\x7f"[below(20)];
                }
        }
    }
    return bytes;
}

}  // namespace

int main(int argc, char** argv) {
    int files = 0;
    for (int index = 1; index < argc; ++index) {
        for (const auto& entry : std::filesystem::directory_iterator(argv[index])) {
            std::ifstream stream(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
            give(bytes);
            std::mt19937 random(static_cast<std::uint32_t>(bytes.size()));
            for (int round = 0; round < damages_a_file; ++round) {
                give(damage(bytes, random));
            }
            ++files;
        }
    }
    std::printf("%d files and %d damaged copies of each\n", files, damages_a_file);
    return files == 0 ? 1 : 0;
}

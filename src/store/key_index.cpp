// SPDX-License-Identifier: Apache-2.0
#include "store/keys.h"

namespace agate::store {

namespace {

void append_number(std::string& out, std::int64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>((static_cast<std::uint64_t>(number) >> shift) & 0xff);
    }
}

}  // namespace

BlindIndex Keys::index_in_school(SchoolId school,
                                 std::string_view kind,
                                 std::string_view value) const {
    std::string text;
    append_number(text, school.value);
    text.append(kind).append(1, '\0').append(value);
    return keyed_hash(index_key_, as_bytes(text));
}

BlindIndex Keys::index_across_schools(std::string_view kind, std::string_view value) const {
    std::string text(kind);
    text.append(1, '\0').append(value);
    return keyed_hash(unique_key_, as_bytes(text));
}

RaterTag Keys::rater_tag(SchoolId school, PeriodId period, PersonId rater) const {
    std::string text;
    append_number(text, school.value);
    append_number(text, period.value);
    text.append(reinterpret_cast<const char*>(rater.bytes.data()), rater.bytes.size());
    const auto hash = keyed_hash(rater_key_, as_bytes(text));
    RaterTag tag;
    for (std::size_t i = 0; i < 8; ++i) {
        tag.value = (tag.value << 8) | hash[i];
    }
    return tag;
}

}  // namespace agate::store

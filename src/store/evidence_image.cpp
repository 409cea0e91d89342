// SPDX-License-Identifier: Apache-2.0
#include "store/evidence_image.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "base/byte_stream.h"
#include "base/error.h"
#include "store/evidence_states.h"

namespace agate::store {
namespace {

/// One record with what sorts it among its student's.
struct Row {
    std::uint32_t student = 0;
    Day day;
    Instant recorded_at;
    EvidenceId id;
    Record record;
};

bool is_earlier(const Row& a, const Row& b) {
    return std::tie(a.day, a.recorded_at, a.id) < std::tie(b.day, b.recorded_at, b.id);
}

/// The hash of the school's entry with this number; nothing when there is none.
std::optional<Digest> hash_at(Db& db, SchoolId school, std::int64_t seq) {
    Query query(db, "select hash from audit where school_id = $1 and seq = $2", school, seq);
    return query.next() ? std::optional{query.digest(0)} : std::nullopt;
}

}  // namespace

/// Reads rows of the evidence table into records.
class ImageBuilder {
public:
    ImageBuilder(EvidenceImage& image, EvidenceStates states)
        : image_(image), states_(std::move(states)), packer_(image.of_.days, image.words_) {}

    /// Columns: evidence_id, student_id, reason, day, value_milli, label, activity, rater_kind,
    /// rater_tag, recorded_at, state, is_late.
    void read(Query& query) {
        while (query.next()) {
            const auto id = query.id<EvidenceId>(0);
            const auto step = states_.find(id);
            const auto state = step == states_.end() ? state_of(query.text(10)) : step->second;
            if (!query.boolean(11) &&
                (state == EvidenceState::verified || state == EvidenceState::sealed)) {
                keep(id, query);
            }
        }
    }

    void use_states(EvidenceStates states) { states_ = std::move(states); }

    /// What was read since the last call, all of one student, in time order.
    std::vector<Record> take_one() {
        std::sort(rows_.begin(), rows_.end(), is_earlier);
        std::vector<Record> records;
        records.reserve(rows_.size());
        for (const Row& row : rows_) {
            records.push_back(row.record);
        }
        rows_.clear();
        return records;
    }

    void finish_words() { image_.words_ = packer_.take(); }

    /// Clusters everything read by student.
    void take_all() {
        auto base = std::make_unique<EvidenceImage::Base>();
        std::vector<std::uint32_t> order(students_.size());
        std::iota(order.begin(), order.end(), 0U);
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return students_[a] < students_[b];
        });
        std::vector<std::uint32_t> place(students_.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            place[order[i]] = i;
            base->students.push_back(students_[order[i]]);
        }
        for (Row& row : rows_) {
            row.student = place[row.student];
        }
        std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
            return a.student != b.student ? a.student < b.student : is_earlier(a, b);
        });
        base->first.assign(students_.size() + 1, 0);
        base->own.reserve(rows_.size());
        for (const Row& row : rows_) {
            ++base->first[row.student + 1];
            base->own.push_back(row.record);
        }
        std::partial_sum(base->first.begin(), base->first.end(), base->first.begin());
        base->records = base->own;
        image_.record_count_ = base->records.size();
        image_.base_ = std::move(base);
        finish_words();
    }

private:
    void keep(const EvidenceId& id, const Query& query) {
        const auto kind = parse_rater_kind(query.text(7));
        if (!kind) {
            throw Error(ErrorKind::internal, "store_damaged", {}, "rater kind");
        }
        Evidence evidence{.evidence_id = id,
                          .reason = query.text(2),
                          .day = query.day(3),
                          .recorded_at = query.instant(9),
                          .value = std::nullopt,
                          .label = query.text(5),
                          .activity = query.text(6),
                          .rater_kind = *kind,
                          .rater = {static_cast<std::uint64_t>(query.int64(8))}};
        if (!query.is_null(4)) {
            evidence.value = Decimal::from_milli(query.int64(4));
        }
        const auto [found, is_new] = numbers_.try_emplace(
            query.id<PersonId>(1), static_cast<std::uint32_t>(students_.size()));
        if (is_new) {
            students_.push_back(found->first);
        }
        rows_.push_back({.student = found->second,
                         .day = evidence.day,
                         .recorded_at = evidence.recorded_at,
                         .id = id,
                         .record = packer_.pack(evidence)});
    }

    EvidenceImage& image_;
    EvidenceStates states_;
    RecordPacker packer_;
    std::unordered_map<PersonId, std::uint32_t> numbers_;
    std::vector<PersonId> students_;
    std::vector<Row> rows_;
};

EvidenceImage EvidenceImage::read(Db& db, Of of, std::int64_t as_of_seq) {
    EvidenceImage image(of, as_of_seq);
    image.chain_hash_ = hash_at(db, of.school, as_of_seq).value_or(Digest{});
    ImageBuilder builder(image, states_of_school(db, of.school, as_of_seq));
    Query query(db,
                "select evidence_id, student_id, reason, day, value_milli, label, activity,"
                " rater_kind, rater_tag, recorded_at, state, is_late from evidence"
                " where school_id = $1 and seq <= $2 and day between $3 and $4",
                of.school,
                as_of_seq,
                of.days.from,
                of.days.to);
    builder.read(query);
    builder.take_all();
    return image;
}

void EvidenceImage::catch_up(Db& db, std::int64_t as_of_seq) {
    ensure(as_of_seq >= as_of_seq_, "an image goes forward");
    if (as_of_seq == as_of_seq_) {
        return;
    }
    std::vector<PersonId> touched;
    for (const auto* text :
         {"select distinct student_id from evidence where school_id = $1 and seq > $2"
          " and seq <= $3 order by student_id",
          "select distinct student_id from review where school_id = $1 and seq > $2"
          " and seq <= $3 order by student_id"}) {
        for (Query query(db, text, of_.school, as_of_seq_, as_of_seq); query.next();) {
            touched.push_back(query.id<PersonId>(0));
        }
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    ImageBuilder builder(*this, {});
    for (const auto& student : touched) {
        record_count_ -= of(student).size();
        builder.use_states(states_of_student(db, of_.school, as_of_seq, student));
        Query query(db,
                    "select evidence_id, student_id, reason, day, value_milli, label, activity,"
                    " rater_kind, rater_tag, recorded_at, state, is_late from evidence"
                    " where school_id = $1 and student_id = $2 and day between $3 and $4"
                    " and seq <= $5",
                    of_.school,
                    student,
                    of_.days.from,
                    of_.days.to,
                    as_of_seq);
        builder.read(query);
        auto& kept = changed_[student] = builder.take_one();
        record_count_ += kept.size();
    }
    builder.finish_words();
    as_of_seq_ = as_of_seq;
    chain_hash_ = hash_at(db, of_.school, as_of_seq).value_or(Digest{});
}

std::span<const Record> EvidenceImage::of(PersonId student) const {
    if (const auto changed = changed_.find(student); changed != changed_.end()) {
        return changed->second;
    }
    const auto found = std::ranges::lower_bound(base_->students, student);
    if (found == base_->students.end() || *found != student) {
        return {};
    }
    const auto i = static_cast<std::size_t>(found - base_->students.begin());
    return base_->records.subspan(base_->first[i], base_->first[i + 1] - base_->first[i]);
}

// --- the file ------------------------------------------------------------------------------------

namespace {

/// What a file begins with; then students, first places, words, and the records at a multiple of
/// sixteen bytes. Numbers as the machine has them: the file never leaves it.
struct Header {
    std::array<char, 8> magic{};
    std::int64_t school = 0, from = 0, to = 0, as_of_seq = 0;
    std::uint64_t students = 0, records = 0, words_at = 0, records_at = 0, size = 0;
    Digest chain_hash{};
    Digest content{};  ///< digest_of
};

constexpr std::array<char, 8> magic_word{'A', 'G', 'A', 'T', 'E', 'I', 'M', '1'};

template <class T>
void append(std::string& out, std::span<const T> values) {
    out.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

std::string pack_words(const RecordWords& words) {
    ByteWriter out;
    out.put_number(words.reasons.size());
    for (const auto& reason : words.reasons) {
        out.put_text(reason);
    }
    out.put_number(words.tags.size());
    for (const auto& tag : words.tags) {
        out.put_text(tag.label);
        out.put_text(tag.activity);
    }
    out.put_number(words.raters.size());
    for (const auto rater : words.raters) {
        out.put_number(rater.value);
    }
    out.put_number(words.wide.size());
    for (const auto value : words.wide) {
        out.put_signed(value.nano());
    }
    return out.take();
}

RecordWords unpack_words(std::string_view bytes) {
    ByteReader in(bytes, "store_damaged");
    RecordWords words;
    for (auto left = in.take_count(); left > 0; --left) {
        words.reasons.emplace_back(in.take_text());
    }
    words.tags.clear();
    for (auto left = in.take_count(2); left > 0; --left) {
        RecordTag tag;
        tag.label = in.take_text();
        tag.activity = in.take_text();
        words.tags.push_back(std::move(tag));
    }
    for (auto left = in.take_count(); left > 0; --left) {
        words.raters.push_back({in.take_number()});
    }
    for (auto left = in.take_count(); left > 0; --left) {
        words.wide.push_back(Decimal::from_nano(in.take_signed()));
    }
    return words;
}

/// Of the header, but for the digest itself, and of all that follows it.
Digest digest_of(Header header, std::string_view file) {
    header.content = {};
    return Sha256()
        .add(std::string_view(reinterpret_cast<const char*>(&header), sizeof header))
        .add(file.substr(sizeof header))
        .finish();
}

/// The header of a file that is whole and of this school and period.
std::optional<Header> read_header(std::string_view file, const EvidenceImage::Of& of) {
    Header header;
    if (file.size() < sizeof header) {
        return std::nullopt;
    }
    std::memcpy(&header, file.data(), sizeof header);
    const bool fits = header.magic == magic_word && header.school == of.school.value &&
                      header.from == of.days.from.number && header.to == of.days.to.number &&
                      header.size == file.size() && header.content == digest_of(header, file);
    return fits ? std::optional{header} : std::nullopt;
}

}  // namespace

void EvidenceImage::save(const std::filesystem::path& file) const {
    std::vector<PersonId> students = base_->students;
    for (const auto& [student, records] : changed_) {
        students.push_back(student);
    }
    std::sort(students.begin(), students.end());
    students.erase(std::unique(students.begin(), students.end()), students.end());
    std::vector<std::uint32_t> first{0};
    for (const auto& student : students) {
        first.push_back(first.back() + static_cast<std::uint32_t>(of(student).size()));
    }
    Header header{.magic = magic_word,
                  .school = of_.school.value,
                  .from = of_.days.from.number,
                  .to = of_.days.to.number,
                  .as_of_seq = as_of_seq_,
                  .students = students.size(),
                  .records = first.back(),
                  .chain_hash = chain_hash_};
    std::string out(sizeof header, '\0');
    append(out, std::span<const PersonId>(students));
    append(out, std::span<const std::uint32_t>(first));
    header.words_at = out.size();
    out += pack_words(words_);
    out.resize((out.size() + sizeof(Record) - 1) / sizeof(Record) * sizeof(Record));
    header.records_at = out.size();
    for (const auto& student : students) {
        append(out, of(student));
    }
    header.size = out.size();
    header.content = digest_of(header, out);
    std::memcpy(out.data(), &header, sizeof header);
    write_file(file, out);
}

std::optional<EvidenceImage> EvidenceImage::open(const std::filesystem::path& file, Db& db, Of of) {
    auto map = MappedFile::open(file);
    if (!map) {
        return std::nullopt;
    }
    const auto bytes = map->bytes();
    const auto header = read_header(bytes, of);
    if (!header || hash_at(db, of.school, header->as_of_seq) != header->chain_hash) {
        return std::nullopt;
    }
    EvidenceImage image(of, header->as_of_seq);
    image.chain_hash_ = header->chain_hash;
    image.words_ =
        unpack_words(bytes.substr(header->words_at, header->records_at - header->words_at));
    image.record_count_ = header->records;
    image.base_ = std::make_unique<Base>();
    auto& base = *image.base_;
    base.students.resize(header->students);
    const char* at = bytes.data() + sizeof(Header);
    std::memcpy(base.students.data(), at, header->students * sizeof(PersonId));
    at += header->students * sizeof(PersonId);
    base.first.resize(header->students + 1);
    std::memcpy(base.first.data(), at, base.first.size() * sizeof(std::uint32_t));
    base.records = {reinterpret_cast<const Record*>(bytes.data() + header->records_at),
                    header->records};
    base.map = std::move(map);
    return image;
}

}  // namespace agate::store

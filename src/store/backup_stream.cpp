// SPDX-License-Identifier: Apache-2.0
#include "store/backup_stream.h"

#include <bit>
#include <cstring>

#include "base/error.h"
#include "base/file.h"

namespace agate::store {

namespace {

constexpr std::string_view magic = "agate backup 1\n";
constexpr std::size_t chunk_bytes = 1 << 20;
constexpr std::size_t most_chunk_bytes = chunk_bytes * 2;

std::string big_endian(std::uint64_t number) {
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) {
        bytes[i] = static_cast<char>((number >> (56 - 8 * i)) & 0xff);
    }
    return bytes;
}

std::uint64_t from_big_endian(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char byte : bytes) {
        number = (number << 8) | static_cast<std::uint8_t>(byte);
    }
    return number;
}

[[noreturn]] void throw_unreadable(std::string detail) {
    throw Error(ErrorKind::invalid, "backup_unreadable", {}, std::move(detail));
}

/// What a chunk is bound to: its place and whether it is the last.
std::string chunk_place(std::int64_t number, char kind) {
    std::string place = "agate backup chunk";
    place += big_endian(static_cast<std::uint64_t>(number));
    place += kind;
    return place;
}

std::string digest_of(std::string_view place, std::string_view chunk) {
    const auto digest = Sha256().add(place).add(chunk).finish();
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

BackupWriter::BackupWriter(const std::filesystem::path& file,
                           const std::optional<std::array<std::uint8_t, 32>>& recovery_public_key)
    : file_(file), out_(file, std::ios::binary | std::ios::trunc) {
    write(magic);
    if (recovery_public_key) {
        key_ = SecretKey::random();
        const std::string box = seal_box(*recovery_public_key, key_->bytes());
        write("s");
        write(big_endian(box.size()));
        write(box);
    } else {
        write("p");
    }
}

void BackupWriter::write(std::string_view bytes) {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out_) {
        throw Error(ErrorKind::unavailable, "disk_full", {{"file", file_.filename().string()}});
    }
    size_ += static_cast<std::int64_t>(bytes.size());
}

void BackupWriter::write_chunk(Chunk kind) {
    const char mark = kind == Chunk::last ? 'l' : 'm';
    const std::string place = chunk_place(number_++, mark);
    const std::string payload = key_ ? seal(*key_, as_bytes(pending_), as_bytes(place))
                                     : pending_ + digest_of(place, pending_);
    write({&mark, 1});
    write(big_endian(payload.size()));
    write(payload);
    pending_.clear();
}

void BackupWriter::add(std::string_view bytes) {
    while (pending_.size() + bytes.size() > chunk_bytes) {
        const auto part = chunk_bytes - pending_.size();
        pending_ += bytes.substr(0, part);
        bytes.remove_prefix(part);
        write_chunk(Chunk::more);
    }
    pending_ += bytes;
}

void BackupWriter::add_tag(char tag) {
    add({&tag, 1});
}

void BackupWriter::add_number(std::int64_t number) {
    add(big_endian(static_cast<std::uint64_t>(number)));
}

void BackupWriter::add_text(std::string_view text) {
    add_number(static_cast<std::int64_t>(text.size()));
    add(text);
}

void BackupWriter::add_value(const Value& value) {
    switch (value.type) {
        case Value::Type::null:
            add_tag('n');
            break;
        case Value::Type::integer:
        case Value::Type::boolean:
            add_tag(value.type == Value::Type::integer ? 'i' : 'y');
            add_number(value.number);
            break;
        case Value::Type::real:
            add_tag('d');
            add_number(std::bit_cast<std::int64_t>(value.real));
            break;
        case Value::Type::text:
        case Value::Type::blob:
            add_tag(value.type == Value::Type::text ? 't' : 'b');
            add_text(value.bytes);
            break;
    }
}

std::int64_t BackupWriter::finish() {
    write_chunk(Chunk::last);
    out_.flush();
    if (!out_) {
        throw Error(ErrorKind::unavailable, "disk_full", {{"file", file_.filename().string()}});
    }
    out_.close();
    append_file(file_, "");
    return size_;
}

BackupReader::BackupReader(const std::filesystem::path& file, const SecretKey* recovery_secret_key)
    : in_(file, std::ios::binary) {
    if (!in_) {
        throw_unreadable("no file " + file.filename().string());
    }
    read_header(recovery_secret_key);
}

void BackupReader::read_header(const SecretKey* recovery_secret_key) {
    if (read(magic.size()) != magic) {
        throw_unreadable("not a backup");
    }
    const std::string mode = read(1);
    if (mode == "p") {
        return;
    }
    const auto size = from_big_endian(read(8));
    if (mode != "s" || size > 1000 || recovery_secret_key == nullptr) {
        throw_unreadable("sealed for a recovery key");
    }
    const std::string box = read(size);
    const auto key = open_box(*recovery_secret_key, as_bytes(box));
    if (!key || key->size() != 32) {
        throw_unreadable("sealed for another recovery key");
    }
    key_ = SecretKey(as_bytes(*key));
}

std::string BackupReader::read(std::size_t bytes) {
    std::string text(bytes, '\0');
    in_.read(text.data(), static_cast<std::streamsize>(bytes));
    if (static_cast<std::size_t>(in_.gcount()) != bytes) {
        throw_unreadable("cut off");
    }
    return text;
}

void BackupReader::read_chunk() {
    if (is_at_end_) {
        throw_unreadable("too short");
    }
    const char mark = read(1)[0];
    const auto size = from_big_endian(read(8));
    if ((mark != 'm' && mark != 'l') || size > most_chunk_bytes) {
        throw_unreadable("damaged");
    }
    const std::string payload = read(size);
    const std::string place = chunk_place(number_++, mark);
    std::optional<std::string> chunk;
    if (key_) {
        chunk = open_sealed(*key_, as_bytes(payload), as_bytes(place));
    } else if (payload.size() >= sizeof(Digest)) {
        chunk = payload.substr(0, payload.size() - sizeof(Digest));
        if (digest_of(place, *chunk) != payload.substr(chunk->size())) {
            chunk.reset();
        }
    }
    if (!chunk) {
        throw_unreadable("damaged");
    }
    is_at_end_ = mark == 'l';
    buffer_ += *chunk;
}

void BackupReader::need(std::size_t bytes) {
    while (buffer_.size() - position_ < bytes) {
        read_chunk();
    }
}

void BackupReader::let_go() {
    // Only now and then: each time moves what is left.
    if (position_ >= chunk_bytes) {
        buffer_.erase(0, position_);
        position_ = 0;
    }
}

char BackupReader::tag() {
    need(1);
    return buffer_[position_++];
}

std::int64_t BackupReader::number() {
    need(8);
    const auto number = from_big_endian(std::string_view(buffer_).substr(position_, 8));
    position_ += 8;
    return static_cast<std::int64_t>(number);
}

BackupReader::Stretch BackupReader::stretch() {
    const auto size = static_cast<std::uint64_t>(number());
    if (size > (std::uint64_t{1} << 31)) {
        throw_unreadable("damaged");
    }
    need(size);
    const Stretch found{position_, size};
    position_ += size;
    return found;
}

std::string BackupReader::text() {
    const auto found = stretch();
    return buffer_.substr(found.at, found.size);
}

void BackupReader::row(std::span<Value> values) {
    let_go();
    std::vector<Stretch> places(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const char kind = tag();
        switch (kind) {
            case 'n':
                values[i] = {};
                break;
            case 'i':
                values[i] = Value(number());
                break;
            case 'y':
                values[i] = Value(number() != 0);
                break;
            case 'd':
                values[i] = Value(std::bit_cast<double>(number()));
                break;
            case 't':
            case 'b':
                values[i] = kind == 't' ? Value("") : blob("");
                places[i] = stretch();
                break;
            default:
                throw_unreadable("damaged");
        }
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i].bytes = std::string_view(buffer_).substr(places[i].at, places[i].size);
    }
}

}  // namespace agate::store

// SPDX-License-Identifier: Apache-2.0
#include "server/static_files.h"

#include <zlib.h>

#include <array>

#include "base/crypto.h"
#include "base/error.h"

namespace agate::server {
namespace {

std::string content_type_of(std::string_view path) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> types{
        {{".html", "text/html; charset=utf-8"},
         {".js", "text/javascript; charset=utf-8"},
         {".css", "text/css; charset=utf-8"},
         {".svg", "image/svg+xml"},
         {".json", "application/json; charset=utf-8"},
         {".png", "image/png"},
         {".ico", "image/x-icon"},
         {".woff2", "font/woff2"},
         {".webmanifest", "application/manifest+json"}}};
    for (const auto& [ending, type] : types) {
        if (path.ends_with(ending)) {
            return std::string(type);
        }
    }
    return "application/octet-stream";
}

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    ensure(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK,
           "zlib starts");
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    ensure(result == Z_STREAM_END, "zlib packs a file that fits its own bound");
    return out;
}

/// Vite puts hashed names below assets/.
bool has_hashed_name(std::string_view path) {
    return path.starts_with("assets/");
}

}  // namespace

StaticFiles::StaticFiles(std::span<const EmbeddedFile> files) {
    for (const auto& embedded : files) {
        File file;
        file.content_type = content_type_of(embedded.path);
        file.plain = std::string(embedded.bytes);
        file.etag = "\"" + to_hex(sha256(as_bytes(embedded.bytes))).substr(0, 20) + "\"";
        file.is_immutable = has_hashed_name(embedded.path);
        if (file.plain.size() > 500 && !file.content_type.starts_with("image/png") &&
            !file.content_type.starts_with("font/")) {
            file.gzip = gzip(file.plain);
        }
        files_.emplace(std::string(embedded.path), std::move(file));
    }
}

Response StaticFiles::get(const Request& request) const {
    auto found = files_.find(std::string_view(request.path).substr(1));
    if (found == files_.end()) {
        const bool is_page = request.path.find('.') == std::string::npos;
        found = is_page ? files_.find("index.html") : files_.end();
    }
    if (found == files_.end()) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    const File& file = found->second;
    Response response{.status = 200, .content_type = file.content_type, .body = {}, .headers = {}};
    response.headers.emplace_back("ETag", file.etag);
    response.headers.emplace_back(
        "Cache-Control", file.is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (request.if_none_match == file.etag) {
        response.status = 304;
        return response;
    }
    const bool takes_gzip = request.accept_encoding.find("gzip") != std::string::npos;
    if (takes_gzip && !file.gzip.empty()) {
        response.headers.emplace_back("Content-Encoding", "gzip");
        response.headers.emplace_back("Vary", "Accept-Encoding");
        response.body = file.gzip;
    } else {
        response.body = file.plain;
    }
    return response;
}

}  // namespace agate::server

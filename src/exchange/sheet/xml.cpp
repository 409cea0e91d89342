// SPDX-License-Identifier: Apache-2.0
#include "exchange/sheet/xml.h"

#include <expat.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "exchange/sheet/xml_scanner.h"

namespace agate::exchange {
namespace {

constexpr int depth_limit = 256;
constexpr std::size_t token_limit = 8 << 20;  // bytes without a single event

std::string_view local(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

struct XmlParser::State {
    XmlHandler* handler = nullptr;
    XML_Parser parser = nullptr;
    int depth = 0;
    std::size_t quiet_bytes = 0;
    std::string_view fault;
    std::vector<Attributes::Item> attributes;
    std::optional<XmlScanner> scanner;
    bool is_chosen = false;

    ~State() { XML_ParserFree(parser); }

    [[nodiscard]] bool has_ended() const {
        return !fault.empty() || !handler->fault.empty() || handler->is_done;
    }

    void stop_when_ended() const {
        if (has_ended()) {
            XML_StopParser(parser, XML_FALSE);
        }
    }
};

namespace {

XmlParser::State& state_of(void* data) {
    return *static_cast<XmlParser::State*>(data);
}

void on_start(void* data, const char* name, const char** attributes) {
    auto& state = state_of(data);
    state.quiet_bytes = 0;
    if (++state.depth > depth_limit) {
        state.fault = "xml_too_deep";
    } else {
        state.attributes.clear();
        for (; *attributes != nullptr; attributes += 2) {
            state.attributes.push_back({attributes[0], attributes[1]});
        }
        state.handler->start(local(name), Attributes{state.attributes});
    }
    state.stop_when_ended();
}

void on_end(void* data, const char* name) {
    auto& state = state_of(data);
    state.quiet_bytes = 0;
    --state.depth;
    // expat ends an empty element even after it was stopped at its start.
    if (!state.has_ended()) {
        state.handler->end(local(name));
        state.stop_when_ended();
    }
}

void on_text(void* data, const char* text, int length) {
    auto& state = state_of(data);
    state.quiet_bytes = 0;
    state.handler->text({text, static_cast<std::size_t>(length)});
    state.stop_when_ended();
}

void on_doctype(void* data, const char*, const char*, const char*, int) {
    auto& state = state_of(data);
    state.fault = "xml_has_dtd";
    XML_StopParser(state.parser, XML_FALSE);
}

}  // namespace

std::string_view Attributes::get(std::string_view local_name) const {
    for (const auto& item : items_) {
        const auto prefix = item.name.size() - std::min(item.name.size(), local_name.size());
        if (item.name.substr(prefix) == local_name &&
            (prefix == 0 || item.name[prefix - 1] == ':')) {
            return item.value;
        }
    }
    return {};
}

bool Attributes::is_true(std::string_view local_name) const {
    const auto value = get(local_name);
    return value == "1" || value == "true" || value == "on";
}

XmlParser::XmlParser(XmlHandler& handler, XmlEngine engine) : state_(std::make_unique<State>()) {
    state_->handler = &handler;
    state_->is_chosen = engine == XmlEngine::expat;
    state_->parser = XML_ParserCreate(nullptr);
    if (state_->parser == nullptr) {
        throw std::bad_alloc{};
    }
    XML_SetUserData(state_->parser, state_.get());
    XML_SetElementHandler(state_->parser, on_start, on_end);
    XML_SetCharacterDataHandler(state_->parser, on_text);
    XML_SetStartDoctypeDeclHandler(state_->parser, on_doctype);
}

XmlParser::~XmlParser() = default;

bool XmlParser::feed(std::string_view piece, bool is_last) {
    if (!state_->is_chosen && !piece.empty()) {
        state_->is_chosen = true;
        if (XmlScanner::can_read(piece)) {
            state_->scanner.emplace(*state_->handler);
        }
    }
    if (state_->scanner) {
        return state_->scanner->feed(piece, is_last);
    }
    state_->quiet_bytes += piece.size();
    const auto status =
        XML_Parse(state_->parser, piece.data(), static_cast<int>(piece.size()), is_last ? 1 : 0);
    if (!state_->fault.empty() || !state_->handler->fault.empty() || state_->handler->is_done) {
        return false;
    }
    if (status != XML_STATUS_OK) {
        state_->fault = "xml_broken";
        return false;
    }
    if (state_->quiet_bytes > token_limit) {
        state_->fault = "xml_token_too_long";
        return false;
    }
    return true;
}

std::string_view XmlParser::fault() const {
    if (state_->scanner && !state_->scanner->fault().empty()) {
        return state_->scanner->fault();
    }
    return state_->fault.empty() ? state_->handler->fault : state_->fault;
}

std::int64_t XmlParser::line() const {
    if (state_->scanner) {
        return state_->scanner->line();
    }
    return static_cast<std::int64_t>(XML_GetCurrentLineNumber(state_->parser));
}

std::int64_t XmlParser::column() const {
    if (state_->scanner) {
        return state_->scanner->column();
    }
    return static_cast<std::int64_t>(XML_GetCurrentColumnNumber(state_->parser)) + 1;
}

}  // namespace agate::exchange

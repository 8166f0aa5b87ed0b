#include "kit/xml.h"

#include <cstddef>
#include <utility>

#include "base/math.h"
#include "base/text.h"
#include "kit/xml_version.h"

namespace drumgen {

pugi::xml_node add_element(pugi::xml_node parent, const char* name, const std::string& text) {
    pugi::xml_node node = parent.append_child(name);
    node.text().set(text.c_str());
    return node;
}

std::string decimal(double number) {
    const double rounded = math::nearest(number, 1e6);
    return number_to_text(rounded);
}

std::string xml_version() {
    // 1130 is 1.13.
    return formatted("{}.{}", PUGIXML_VERSION / 1000, PUGIXML_VERSION % 1000 / 10);
}

std::string text_of(const pugi::xml_document& document) {
    // No stream of the standard library: where memory runs out, that says nothing and is short.
    struct Writer : pugi::xml_writer {
        std::string text;
        void write(const void* data, std::size_t size) override {
            text.append(static_cast<const char*>(data), size);
        }
    } writer;
    document.save(writer, " ", pugi::format_default, pugi::encoding_utf8);
    return std::move(writer.text);
}

pugi::xml_document new_document() {
    pugi::xml_document document;
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    return document;
}

}  // namespace drumgen

#pragma once

#include <pugixml.hpp>
#include <string>

namespace drumgen {

/// A new child with that text, escaped as XML needs it.
pugi::xml_node add_element(pugi::xml_node parent, const char* name, const std::string& text);

/// A number with at most six digits behind the point and no exponent, which xs:decimal does not
/// know.
[[nodiscard]] std::string decimal(double number);

/// The document in UTF-8, indented by a space, with its declaration.
[[nodiscard]] std::string text_of(const pugi::xml_document& document);

/// A document that has its declaration.
[[nodiscard]] pugi::xml_document new_document();

}  // namespace drumgen

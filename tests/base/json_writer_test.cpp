#include "base/json_writer.h"

#include <doctest/doctest.h>

#include <limits>

using namespace drumgen;

TEST_SUITE("base/json_writer") {
    TEST_CASE("members stand in the order that they are told") {
        JsonWriter writer;
        writer.begin_object().member("b", 1).member("a", "x").key("list").begin_list();
        writer.value(true).value(0.1).null().end();
        CHECK(writer.end().line() == "{\"b\": 1, \"a\": \"x\", \"list\": [true, 0.1, null]}\n");
    }

    TEST_CASE("text is quoted so that any reader takes it") {
        CHECK(json_quoted("a\"b\\c\n\x01") == "\"a\\\"b\\\\c\\n\\u0001\"");
        CHECK(json_quoted("caf\xC3\xA9") == "\"caf\xC3\xA9\"");
        CHECK(json_quoted("\xFF") == "\"\xEF\xBF\xBD\"");
        CHECK(json_quoted(std::string(100, 'x')).size() == 102);
    }

    TEST_CASE("nothing that a terminal obeys is in it as it is") {
        CHECK(json_quoted("\x7f") == "\"\\u007f\"");
        CHECK(json_quoted("\xC2\x80\xC2\x9B\xC2\x9F") == "\"\\u0080\\u009b\\u009f\"");
        CHECK(json_quoted("\xC2\xA0\xC3\x82\xC2\xBF") == "\"\xC2\xA0\xC3\x82\xC2\xBF\"");
    }

    TEST_CASE("a number that is not finite is null") {
        JsonWriter writer;
        writer.begin_list().value(std::numeric_limits<double>::infinity());
        CHECK(writer.end().text() == "[null]");
    }
}

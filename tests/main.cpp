#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>

namespace {

bool asked_only = false;
bool ran_none = false;

/// Notes whether any test case ran.
struct CaseCounter : doctest::IReporter {
    explicit CaseCounter(const doctest::ContextOptions&) {}

    void report_query(const doctest::QueryData&) override { asked_only = true; }
    void test_run_end(const doctest::TestRunStats& stats) override {
        ran_none = stats.numTestCasesPassingFilters == 0;
    }

    void test_run_start() override {}
    void test_case_start(const doctest::TestCaseData&) override {}
    void test_case_reenter(const doctest::TestCaseData&) override {}
    void test_case_end(const doctest::CurrentTestCaseStats&) override {}
    void test_case_exception(const doctest::TestCaseException&) override {}
    void subcase_start(const doctest::SubcaseSignature&) override {}
    void subcase_end() override {}
    void log_assert(const doctest::AssertData&) override {}
    void log_message(const doctest::MessageData&) override {}
    void test_case_skipped(const doctest::TestCaseData&) override {}
};

REGISTER_LISTENER("case_counter", 1, CaseCounter);

}  // namespace

int main(int argc, char** argv) {
    doctest::Context context(argc, argv);
    const int status = context.run();
    if (context.shouldExit() || asked_only) {
        return status;
    }
    if (ran_none) {
        std::cerr << "drumgen_tests: no test case has run\n";
        return EXIT_FAILURE;
    }
    return status;
}

#include "export/proposed_kits.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <thread>

#include "base/json_writer.h"
#include "base/text.h"
#include "batch/run_batch.h"
#include "document/kit_json.h"
#include "drumgen/error.h"
#include "kit/propose_kit.h"
#include "system/file.h"

namespace drumgen {
namespace {

[[noreturn]] void refuse_kits(const std::string& problem) {
    throw Error(Status::invalid, "propose: " + problem);
}

std::optional<MusicalKey> key_of(const std::string& text) {
    if (text.empty()) {
        return std::nullopt;
    }
    const std::optional<MusicalKey> key = musical_key_from(text);
    if (!key) {
        refuse_kits(formatted("--key {} is no key, such as C, F#m or Bb", in_quotes(text)));
    }
    return key;
}

double tempo_of(const std::string& text) {
    constexpr double usual = 120;
    constexpr double least = 30;
    constexpr double most = 300;
    if (text.empty()) {
        return usual;
    }
    const std::optional<double> tempo = number_from_text(text);
    if (!tempo || *tempo < least || *tempo > most) {
        refuse_kits(
            formatted("--tempo {} is not a number from 30 to 300 beats a minute", in_quotes(text)));
    }
    return *tempo;
}

std::string fit_json(const KitFit& fit) {
    const auto thousandths = [](double value) { return std::round(value * 1000) / 1000; };
    JsonWriter writer;
    return writer.begin_object()
        .member("all", thousandths(fit.all()))
        .member("tuning", thousandths(fit.tuning))
        .member("order", thousandths(fit.order))
        .member("gaps", thousandths(fit.gaps))
        .member("lengths", thousandths(fit.lengths))
        .end()
        .text();
}

}  // namespace

void print_proposed_kits(const KitProposals& wanted) {
    const std::optional<MusicalKey> key = key_of(wanted.key);
    const double tempo_bpm = tempo_of(wanted.tempo);
    std::uint64_t next = wanted.first;
    const Batch<std::uint64_t, std::string> batch{
        [&](std::uint64_t& index, bool) {
            if (next == wanted.last) {
                return Supply::end;
            }
            index = next++;
            return Supply::item;
        },
        [&](std::uint64_t index) {
            ProposedKit proposed = propose_kit(key, tempo_bpm, wanted.seed, index, wanted.wild);
            proposed.kit.index = index;
            return kit_to_json(proposed.kit, fit_json(proposed.fit)) + "\n";
        },
        [](const std::string& line) {
            write_stdout(line);
            return true;
        }};
    run_batch(batch, std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace drumgen

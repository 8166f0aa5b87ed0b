#include "export/proposed_kits.h"

#include <algorithm>
#include <optional>

#include "base/parallel.h"
#include "base/text.h"
#include "batch/run_batch.h"
#include "drumgen/error.h"
#include "kit/propose_kit.h"
#include "system/file.h"

namespace drumgen {
namespace {

[[noreturn]] void refuse_kits(const std::string& problem) {
    throw Error(Status::invalid, "propose: " + problem);
}

double tempo_of(const std::string& text) {
    constexpr double usual = 120;
    if (text.empty()) {
        return usual;
    }
    const std::optional<double> tempo = number_from_text(text);
    if (!tempo || *tempo < kit_tempo_bpm.min || *tempo > kit_tempo_bpm.max) {
        refuse_kits(formatted("--tempo {} is not a number from {} to {} beats a minute",
                              in_quotes(text), number_to_text(kit_tempo_bpm.min),
                              number_to_text(kit_tempo_bpm.max)));
    }
    return *tempo;
}

}  // namespace

void print_proposed_kits(const KitProposals& wanted) {
    const std::optional<MusicalKey> key = wished_key("propose: --key", wanted.key);
    const double tempo_bpm = tempo_of(wanted.tempo);
    std::uint64_t next = wanted.first;
    const Batch<std::uint64_t, std::string> batch{[&](std::uint64_t& index, bool) {
                                                      if (next == wanted.last) {
                                                          return Supply::end;
                                                      }
                                                      index = next++;
                                                      return Supply::item;
                                                  },
                                                  [&](std::uint64_t index) {
                                                      const ProposedKit proposed =
                                                          propose_kit(key, tempo_bpm, wanted.seed,
                                                                      index, wanted.wild);
                                                      return proposed_kit_json(proposed) + "\n";
                                                  },
                                                  [](const std::string& line) {
                                                      write_stdout(line);
                                                      return true;
                                                  }};
    run_batch(batch, processor_count());
}

}  // namespace drumgen

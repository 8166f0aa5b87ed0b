#include "cli/learned_options.h"

#include <utility>

#include "base/text.h"
#include "cli/option.h"
#include "cli/sound_options.h"
#include "drumgen/error.h"

namespace drumgen {

void LearnedOptions::put_into(ProposalRequest& request) const {
    if (!explore.empty()) {
        request.explore = fraction_of("--explore", explore);
    }
    request.store = store_of(ratings);
    request.like = like;
    request.lock = lock;
    request.only = only;
    request.preset_prior = preset_prior;
}

std::string_view LearnedOptions::first_given() const {
    for (const auto& [flag, is_given] :
         {std::pair{"--ratings", !ratings.empty()}, std::pair{"--explore", !explore.empty()},
          std::pair{"--like", !like.empty()}, std::pair{"--lock", !lock.empty()},
          std::pair{"--only", !only.empty()}, std::pair{"--preset-prior", preset_prior}}) {
        if (is_given) {
            return flag;
        }
    }
    return "";
}

void add_learned_options(CLI::App& app, LearnedOptions& options) {
    begin_group(app, "Learned proposals");
    add_file(
        app, "--ratings", options.ratings,
        "Learn from this store of ratings (default, with --from learned: as drumgen feedback)");
    add_text(
        app, "--explore", options.explore, "0..1",
        "Share that is drawn from anywhere, to meet what was never rated; 0 gives the best, best "
        "first (default 0.33)");
    add_text(app, "--like", options.like, "PATCH",
             "Keep near to this patch, which counts as one more that is liked");
    add_names(app, "--lock", options.lock,
              "Hold these parameters, or the seed: KEY=VALUE, or KEY for the value of --like");
    add_names(app, "--only", options.only, "Draw nothing but these macros; punch* stands for many");
    add_flag(app, "--preset-prior", options.preset_prior,
             "Draw from round the presets instead of anywhere");
}

std::vector<const Instrument*> instruments_of(std::string_view command,
                                              const std::vector<std::string>& names) {
    if (names.empty()) {
        throw Error(Status::invalid, formatted("{}: no instrument given; name one or more of {}",
                                               command, listed(instrument_names())));
    }
    std::vector<const Instrument*> instruments;
    for (const std::string& name : names) {
        instruments.push_back(&find_instrument(name));
    }
    return instruments;
}

}  // namespace drumgen

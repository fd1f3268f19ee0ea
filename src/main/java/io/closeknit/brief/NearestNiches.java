package io.closeknit.brief;

import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheSearch;
import io.closeknit.web.Suggestions;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Names the niches that somebody may have meant by a word that means none. */
@FunctionalInterface
interface NearestNiches {
    /** @return slugs, the likeliest first; empty where nothing is near */
    Set<String> to(String word);

    /** By the words and the spelling of the taxonomy. */
    @Component
    class InTheTaxonomy implements NearestNiches {
        private static final int LONGEST = 100;

        private final NicheDirectory niches;
        private final NicheSearch search;

        InTheTaxonomy(NicheDirectory niches, NicheSearch search) {
            this.niches = niches;
            this.search = search;
        }

        @Override
        public Set<String> to(String word) {
            var near = new LinkedHashSet<String>();
            if (word.length() <= LONGEST) {
                search.suggest(word).ifPresent(guess -> near.add(guess.niche().slug()));
                Suggestions.closest(
                                word,
                                niches.tree().all().stream().map(Niche::slug).toList())
                        .ifPresent(near::add);
                search.complete(word, 2).forEach(match -> near.add(match.niche().slug()));
            }
            return near;
        }
    }
}

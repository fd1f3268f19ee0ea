package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.NicheWeight;
import io.closeknit.niche.NicheFinder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds niches in the hashtags and the bio of a creator who is sent without any. They carry half the weight that stated
 * ones would, and a source that says where they were read; the catalogue never lets them replace stated ones. Not safe for
 * use by several threads.
 */
final class DerivedNiches {
    private static final int MOST = 8;
    private static final int HASHTAGS_LOOKED_AT = 60;
    private static final int HASHTAGS_KNOWN = 20_000;
    private static final int LONGEST_BIO = 2_000;
    private static final double WEIGHT = 0.5;

    private final NicheFinder finder;
    private final Map<String, List<String>> ofHashtag = new HashMap<>();

    DerivedNiches(NicheFinder finder) {
        this.finder = finder;
    }

    private static final class Score {
        private double hashtags;
        private double bio;
        private final List<String> words = new ArrayList<>();

        double sum() {
            return hashtags + bio;
        }
    }

    /**
     * Adds them, where there are none.
     *
     * @param notes says which word each came from
     */
    void addTo(ObjectNode creator, List<Translated.Note> notes) {
        var scores = new LinkedHashMap<String, Score>();
        ofHashtags(creator, scores);
        if (creator.path("bio").isString()) {
            var bio = creator.path("bio").stringValue();
            for (var found : finder.find(bio.length() > LONGEST_BIO ? bio.substring(0, LONGEST_BIO) : bio)) {
                var score = scores.computeIfAbsent(found.niche().slug(), key -> new Score());
                score.bio += 1;
                score.words.addAll(found.words());
            }
        }
        if (scores.isEmpty()) {
            return;
        }
        var total = scores.values().stream().mapToDouble(Score::sum).sum();
        var best = scores.entrySet().stream()
                .sorted(Map.Entry.<String, Score>comparingByValue(
                                Comparator.comparingDouble(Score::sum).reversed())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .toList();
        var niches = creator.putArray("niches");
        for (var entry : best) {
            var score = entry.getValue();
            niches.addObject()
                    .put("niche", entry.getKey())
                    .put("weight", Math.max(1, Math.round(WEIGHT * score.sum() / total * 10_000)) / 10_000.0)
                    .put("source", NicheWeight.DERIVED + (score.hashtags > 0 ? "hashtags" : "the bio"));
            notes.add(new Translated.Note(
                    "", score.words.getFirst(), entry.getKey(), Sentence.of("importing.made.niche.derived")));
        }
    }

    private void ofHashtags(ObjectNode creator, Map<String, Score> scores) {
        var looked = 0;
        for (var item : creator.path("hashtags")) {
            var tag = item.isString() ? item.stringValue() : item.path("tag").asString("");
            if (tag.isBlank() || looked++ >= HASHTAGS_LOOKED_AT) {
                continue;
            }
            var weight = item.path("weight");
            for (var slug : niches(tag)) {
                var score = scores.computeIfAbsent(slug, key -> new Score());
                score.hashtags += weight.isNumber() && weight.asDouble() > 0 ? Math.min(1, weight.asDouble()) : 1;
                score.words.add("#" + tag);
            }
        }
    }

    private List<String> niches(String tag) {
        if (ofHashtag.size() > HASHTAGS_KNOWN) {
            ofHashtag.clear();
        }
        return ofHashtag.computeIfAbsent(
                tag,
                key -> finder.findInHashtag(key).stream()
                        .map(found -> found.niche().slug())
                        .toList());
    }
}

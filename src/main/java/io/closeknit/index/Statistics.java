package io.closeknit.index;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * One numbered set of the figures that a score depends on besides the creator, the brief and the weights. Immutable; two
 * nodes with the same version give the same scores.
 *
 * @param version grows by one with each set
 * @param asOf the day that is 'today' for every score
 * @param catalogueVersion the last change that was counted
 * @param minPeers accounts that a group needs before the catalogue's own quantiles serve
 * @param creators N of the idf: real creators, or demo ones while there is no real one
 * @param demo whether demo creators were counted, because there is no real one
 * @param df by niche id, creators that have the niche or one below it; may be shorter than the tree is now
 * @param commonTopics what they are about on average
 * @param bond stand-ins, like credibility, focus and authenticity, over all accounts of a creator
 * @param sample the creators from whom a brief's own stand-ins are taken, in the order of their slugs' hashes; not to be
 *     read into
 * @param rates EUR per unit of a currency, by its code
 * @param aliases groups of names that mean one brand
 */
record Statistics(
        long version,
        LocalDate asOf,
        long catalogueVersion,
        int minPeers,
        int creators,
        boolean demo,
        int[] df,
        CommonTopics commonTopics,
        Peers peers,
        StandIns bond,
        StandIns credibility,
        StandIns focus,
        StandIns authenticity,
        List<CreatorRow> sample,
        Map<Integer, Double> rates,
        LocalDate ratesOn,
        List<List<String>> aliases) {

    /** The same figures under another number. */
    Statistics withVersion(long number) {
        return new Statistics(
                number,
                asOf,
                catalogueVersion,
                minPeers,
                creators,
                demo,
                df,
                commonTopics,
                peers,
                bond,
                credibility,
                focus,
                authenticity,
                sample,
                rates,
                ratesOn,
                aliases);
    }

    /** Creators in the sample, at most. */
    static final int SAMPLE = 2_000;

    /** How much a niche says: ln((N+1)/(df+1)) + 1. */
    double idf(int niche) {
        return idf(niche, df, creators);
    }

    static double idf(int niche, int[] df, int creators) {
        var with = niche < df.length ? df[niche] : 0;
        return Math.log((creators + 1.0) / (with + 1.0)) + 1;
    }

    int today() {
        return (int) asOf.toEpochDay();
    }
}

package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.index.RankQuery.SortKey;
import io.closeknit.niche.NicheDirectory;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Ranks the whole catalogue for a brief, and says why. Safe to share between threads. */
@Service
public class CreatorIndex {
    private final IndexKeeper keeper;
    private final NicheDirectory niches;
    private final StatisticsStore statisticsStore;
    private final Tiers tiers;
    private final IndexMetrics metrics;
    private final WordHits.Cache wordHits = new WordHits.Cache();
    private final ExecutorService slices = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().name("ranking-", 0).daemon().factory());

    private final CompiledBriefs briefs = new CompiledBriefs();
    private final KeptFacets keptFacets = new KeptFacets();
    private final Turn.Turns turns = new Turn.Turns();
    private final RankingEngine engine;

    CreatorIndex(
            IndexKeeper keeper,
            NicheDirectory niches,
            StatisticsStore statisticsStore,
            Tiers tiers,
            IndexMetrics metrics,
            BlockCache blocks) {
        this.keeper = keeper;
        this.niches = niches;
        this.statisticsStore = statisticsStore;
        this.tiers = tiers;
        this.metrics = metrics;
        engine = new BlockEngine(blocks, slices, Runtime.getRuntime().availableProcessors());
    }

    @PreDestroy
    void stop() {
        slices.shutdown();
    }

    /**
     * Ranks.
     *
     * @throws NothingToWeighException where every criterion that is asked weighs 0
     * @throws IndexNotReadyException before the first index is complete
     */
    public Ranking rank(RankQuery query) {
        return rank(query, Turn.UNDISPUTED);
    }

    /**
     * Ranks, unless the same asker asks anew meanwhile: a slider that moves on leaves nothing behind that still works.
     *
     * @param asker who asks, and on which page
     * @throws RankingOvertakenException where a newer call with the same asker came before this one was answered
     * @throws NothingToWeighException where every criterion that is asked weighs 0
     * @throws IndexNotReadyException before the first index is complete
     */
    public Ranking rank(RankQuery query, String asker) {
        try (var turn = turns.take(asker)) {
            return rank(query, turn);
        }
    }

    private Ranking rank(RankQuery query, Turn turn) {
        var ranking = answer(query, turn);
        metrics.ranked(ranking.tookNanos());
        return ranking;
    }

    private Ranking answer(RankQuery query, Turn turn) {
        var started = System.nanoTime();
        var statistics = keeper.statistics();
        var tree = niches.tree();
        try (var snapshot = keeper.acquire()) {
            var brief = briefs.of(query.question(), tree, statistics, tiers);
            var request = RankingEngine.Request.of(snapshot.reader(), query, brief, wordHits)
                    .inTurn(turn);
            var filter = request.filter();
            var kept = query.facets() ? keptFacets.get(request) : null;
            var found = engine.rank(kept == null ? request : request.withoutFacets());
            var facets = kept != null ? kept : counted(found, request);
            var text = query.words();
            var excerpts = new Excerpts(
                    new IndexSearcher(snapshot.reader()), text == null || text.isBlank() ? null : WordQuery.any(text));
            var explainer = new Explainer(brief);
            var rank = query.after() == null ? 0 : query.after().rank();
            var items = new ArrayList<Ranking.Item>();
            var row = new CreatorRow();
            for (var hit : found.hits()) {
                row.read(hit.row(), 0, hit.row().length);
                items.add(explainer.explain(row, hit.words(), ++rank, excerpts.of(hit.doc())));
            }
            return new Ranking(
                    found.total(),
                    named(filter.names(), found.unknownExcluded()),
                    found.demo(),
                    unknown(brief, found.unknownCriteria()),
                    snapshot.catalogueVersion(),
                    statistics.version(),
                    statistics.asOf(),
                    statistics.demo(),
                    System.nanoTime() - started,
                    facets,
                    items,
                    next(query, found, rank),
                    standIns(brief));
        } catch (IOException e) {
            throw new UncheckedIOException("The index cannot be read", e);
        }
    }

    private Map<String, Map<String, Integer>> counted(Ranker.Result found, RankingEngine.Request request) {
        if (found.facets() == null) {
            return Map.of();
        }
        var facets = found.facets().toMap();
        keptFacets.put(request, facets);
        return facets;
    }

    private static Map<String, Integer> named(List<String> names, int[] counts) {
        var map = new LinkedHashMap<String, Integer>();
        for (var i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                map.merge(names.get(i), counts[i], Integer::sum);
            }
        }
        return map;
    }

    private static Map<Criterion, Integer> unknown(CompiledBrief brief, int[] counts) {
        var map = new EnumMap<Criterion, Integer>(Criterion.class);
        for (var criterion : Criterion.ALL) {
            if (brief.isAsked(criterion)) {
                map.put(criterion, counts[criterion.ordinal()]);
            }
        }
        return map;
    }

    private static @Nullable SortKey next(RankQuery query, Ranker.Result found, int lastRank) {
        if (found.hits().isEmpty() || lastRank >= found.total()) {
            return null;
        }
        var last = found.hits().getLast();
        return new SortKey(
                last.key().primary(),
                last.key().name(),
                last.key().followers(),
                new String(last.slug(), java.nio.charset.StandardCharsets.UTF_8),
                lastRank);
    }

    private Map<String, List<Ranking.StandInGroup>> standIns(CompiledBrief brief) {
        var groups = new LinkedHashMap<String, List<Ranking.StandInGroup>>();
        brief.ownStandIns().forEach((of, standIns) -> groups.put(of, StatisticsStore.groups(standIns, tiers)));
        return groups;
    }

    // ---- finding by name

    /**
     * A creator found by name or handle; platform, handle and followers are the largest account's.
     *
     * @param followers null where not known
     */
    public record Named(
            String slug,
            String name,
            Platform platform,
            String handle,
            @Nullable Long followers) {}

    /**
     * Those in whose name or handles all of the words are, give or take a typo, the nearest first.
     *
     * @throws IndexNotReadyException before the first index is complete
     */
    public List<Named> named(String words, int limit) {
        try (var snapshot = keeper.acquire()) {
            var searcher = new IndexSearcher(snapshot.reader());
            var found = searcher.search(WordQuery.named(words), limit);
            var row = new CreatorRow();
            var named = new ArrayList<Named>();
            for (var hit : found.scoreDocs) {
                var leaf = snapshot.reader()
                        .leaves()
                        .get(ReaderUtil.subIndex(hit.doc, snapshot.reader().leaves()));
                var rows = DocValues.getBinary(leaf.reader(), IndexFields.ROW);
                if (rows.advanceExact(hit.doc - leaf.docBase)) {
                    var bytes = rows.binaryValue();
                    row.read(bytes.bytes, bytes.offset, bytes.length);
                    var main = row.accounts[0];
                    named.add(new Named(
                            row.slug.toString(),
                            row.name.toString(),
                            Platform.values()[main.platform],
                            main.handle.toString(),
                            main.followers < 0 ? null : main.followers));
                }
            }
            return named;
        } catch (IOException e) {
            throw new UncheckedIOException("The index cannot be read", e);
        }
    }

    // ---- what a question is made of

    /** The hashes of all the names that mean the brand. */
    public Set<Long> brandCodes(String brand) {
        var own = Codes.brandKey(brand);
        var codes = new TreeSet<Long>();
        codes.add(Codes.brand(brand));
        for (var names : keeper.statistics().aliases()) {
            if (names.stream().anyMatch(name -> Codes.brandKey(name).equals(own))) {
                names.forEach(name -> codes.add(Codes.brand(name)));
            }
        }
        return codes;
    }

    /** The distinct words of a text that the fit compares: runs of letters and digits, four and more, lower case. */
    public static Set<String> words(String text) {
        return CompiledBrief.words(text);
    }

    /** EUR for one unit of the currency at the stored day's rate; empty where there is none. */
    public Optional<Double> rate(String currency) {
        return Optional.ofNullable(keeper.statistics().rates().get(Codes.currency(currency)));
    }

    /** The creators' niches as shares that sum to 1, by niche id, of those who have niches. */
    public List<Map<Integer, Double>> nichesOf(List<io.closeknit.catalogue.CreatorDocument> creators) {
        var encoder = new CreatorRowEncoder(niches.tree());
        return creators.stream()
                .map(creator -> encoder.shares(creator.niches() == null ? List.of() : creator.niches()))
                .filter(shares -> !shares.isEmpty())
                .toList();
    }

    public Tiers tiers() {
        return tiers;
    }

    // ---- state

    /** Whether rankings are answered. */
    public boolean isReady() {
        return keeper.isReady();
    }

    /** How many changes of the catalogue are not in the index yet. */
    public long lag() {
        return keeper.lag();
    }

    /** A statistics version as published, in JSON; the current one where none is named. Empty where it is not kept. */
    public Optional<String> statistics(Optional<Long> version) {
        return statisticsStore.published(
                version.or(() -> Optional.of(keeper.statistics().version())));
    }

    /**
     * Waits until everything that is committed in the catalogue now answers and is counted.
     *
     * @return whether it came so far in time
     */
    public boolean catchUp(Duration atMost) throws InterruptedException {
        return keeper.await(atMost);
    }
}

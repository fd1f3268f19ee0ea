package io.closeknit.index;

import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueReader.Change;
import io.closeknit.database.DataDirectory;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Keeps the index and the statistics up with the catalogue: one thread that follows the change log, builds the index anew
 * where it is missing, of an older format, damaged, or where niches have moved, and calculates the statistics when the
 * catalogue has become quiet and when the day changes. What answers is never taken away before its successor is complete.
 */
@Component
class IndexKeeper implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(IndexKeeper.class);

    /** Changes applied at a time. */
    private static final int BATCH = 2_000;

    /** A calculation may take this part of the time at most while changes go on. */
    private static final int CALCULATION_PART = 20;

    /** However busy the catalogue is, statistics are no older than this. */
    private static final Duration MOST_DELAY = Duration.ofSeconds(30);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final CatalogueReader catalogue;
    private final NicheDirectory niches;
    private final StatisticsStore statisticsStore;
    private final IndexProperties properties;
    private final Tiers tiers;
    private final Clock clock;
    private final Path folder;

    private volatile @Nullable IndexStore store;
    private volatile @Nullable Statistics statistics;
    private volatile @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile boolean wantStatisticsNow;
    private volatile long treeInStatistics = -1;
    private volatile long seen;

    private @Nullable NicheTree treeInRows;
    private Instant lastChange = Instant.EPOCH;
    private Instant firstUncounted = Instant.EPOCH;
    private Instant lastCommit = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;

    IndexKeeper(
            CatalogueReader catalogue,
            NicheDirectory niches,
            StatisticsStore statisticsStore,
            IndexProperties properties,
            Tiers tiers,
            Clock clock,
            DataDirectory data) {
        this.catalogue = catalogue;
        this.niches = niches;
        this.statisticsStore = statisticsStore;
        this.properties = properties;
        this.tiers = tiers;
        this.clock = clock;
        folder = data.resolve("index");
    }

    // ---- what answers

    /** A snapshot to read from, to be closed. @throws IndexNotReadyException before the first index is complete */
    IndexStore.Snapshot acquire() {
        while (true) {
            var answering = store;
            if (answering == null) {
                throw new IndexNotReadyException();
            }
            var snapshot = answering.tryAcquire();
            if (snapshot != null) {
                return snapshot;
            }
        }
    }

    /** @throws IndexNotReadyException before the first ones are calculated */
    Statistics statistics() {
        var current = statistics;
        if (current == null) {
            throw new IndexNotReadyException();
        }
        return current;
    }

    boolean isReady() {
        return store != null && statistics != null;
    }

    /** Changes of the catalogue that are not in the index yet. */
    long lag() {
        return Math.max(0, catalogue.version() - seen);
    }

    /** Waits until what the catalogue has now is in the index and in the statistics. @return whether it is */
    boolean await(Duration atMost) throws InterruptedException {
        var target = catalogue.version();
        var tree = niches.tree().version();
        var end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end) {
            var calculated = statistics;
            if (store != null
                    && seen >= target
                    && calculated != null
                    && calculated.catalogueVersion() >= target
                    && treeInStatistics >= tree) {
                return true;
            }
            wantStatisticsNow = true;
            Thread.sleep(10);
        }
        return false;
    }

    // ---- the thread

    @Override
    public void start() {
        stopping = false;
        thread = Thread.ofPlatform().name("index-keeper").daemon().start(this::run);
    }

    @Override
    public void stop() {
        stopping = true;
        var running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        var pause = properties.index().poll();
        while (!stopping) {
            try {
                ensureIndex();
                follow();
                calculateWhereDue();
                commitWhereDue();
                pause = properties.index().poll();
            } catch (IOException | RuntimeException e) {
                if (!stopping) {
                    log.error("The index could not follow the catalogue; trying again in {}", pause, e);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                break; // stopping
            }
        }
        Thread.interrupted(); // or Lucene's files would be closed under the last commit
        closeStore();
    }

    private void closeStore() {
        var open = store;
        store = null;
        if (open != null) {
            try {
                open.commit();
                open.close();
            } catch (IOException e) {
                log.warn("The index was not closed cleanly; what is missing is applied again", e);
            }
        }
    }

    // ---- the index

    private void ensureIndex() throws IOException {
        var tree = niches.tree();
        var open = store;
        if (open == null) {
            open = openCurrent(tree);
        }
        if (open == null || treeInRows != null && moved(treeInRows, tree)) {
            build(tree);
        } else {
            open.shape(Shape.of(tree));
            treeInRows = tree;
            store = open;
        }
    }

    /** Whether niches that rows were made with lie elsewhere now. */
    private static boolean moved(NicheTree before, NicheTree now) {
        return before.version() != now.version() && !Shape.of(before).equals(Shape.of(now, before.idLimit()));
    }

    private @Nullable IndexStore openCurrent(NicheTree tree) throws IOException {
        var name = folder.resolve("CURRENT");
        if (!Files.exists(name)) {
            return null;
        }
        try {
            var opened = IndexStore.open(folder.resolve(Files.readString(name).strip()));
            if (opened == null) {
                return null;
            }
            if (!Shape.matches(opened.shape(), tree) || opened.applied() > catalogue.version()) {
                log.info("The index was made by another version or for another catalogue: building it anew");
                opened.close();
                return null;
            }
            log.info("Index opened at change {}, {} creators", opened.applied(), opened.creators());
            return opened;
        } catch (IOException | IllegalArgumentException e) {
            log.warn("The index is damaged: building it anew", e);
            return null;
        }
    }

    private void build(NicheTree tree) throws IOException {
        var started = System.nanoTime();
        var version = catalogue.version();
        var fresh = IndexStore.create(folder.resolve("index-" + clock.millis()), Shape.of(tree));
        var documents = new CreatorDocuments(tree);
        var last = Long.MIN_VALUE;
        var count = 0;
        for (var batch = catalogue.scan(last, BATCH); !batch.isEmpty(); batch = catalogue.scan(last, BATCH)) {
            fresh.put(documents, batch);
            last = batch.getLast().id();
            count += batch.size();
            if (stopping) {
                fresh.close();
                return;
            }
        }
        fresh.publish(version);
        fresh.commit();
        var name = folder.resolve("CURRENT.new");
        Files.writeString(name, fresh.folder().getFileName() + "\n");
        Files.move(name, folder.resolve("CURRENT"), StandardCopyOption.ATOMIC_MOVE);
        var old = store;
        store = fresh;
        treeInRows = tree;
        seen = version;
        if (old != null) {
            old.close();
        }
        deleteOthers(fresh.folder());
        log.info("Index of {} creators built in {} ms", count, (System.nanoTime() - started) / 1_000_000);
    }

    private void deleteOthers(Path current) throws IOException {
        try (var folders = Files.list(folder)) {
            for (var other : folders.filter(Files::isDirectory)
                    .filter(path -> !path.equals(current))
                    .toList()) {
                FileSystemUtils.deleteRecursively(other);
            }
        }
    }

    private void follow() throws IOException {
        var open = Objects.requireNonNull(store);
        for (var changes = catalogue.changesAfter(open.applied(), BATCH);
                !changes.isEmpty() && !stopping;
                changes = catalogue.changesAfter(open.applied(), BATCH)) {
            var ids = new TreeSet<Long>();
            changes.stream().map(Change::creatorId).forEach(ids::add);
            var creators = catalogue.load(ids);
            var gone = new HashSet<>(ids);
            creators.forEach(creator -> gone.remove(creator.id()));
            open.put(new CreatorDocuments(Objects.requireNonNull(treeInRows)), creators);
            open.remove(gone);
            open.publish(changes.getLast().number());
            lastChange = clock.instant();
            if (firstUncounted.equals(Instant.EPOCH)) {
                firstUncounted = lastChange;
            }
        }
        seen = open.applied();
    }

    private void commitWhereDue() throws IOException {
        if (clock.instant().isAfter(lastCommit.plus(properties.index().commit()))) {
            Objects.requireNonNull(store).commit();
            lastCommit = clock.instant();
        }
    }

    // ---- the statistics

    private void calculateWhereDue() {
        var open = Objects.requireNonNull(store);
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var tree = niches.tree();
        var current = statistics;
        var outdated = current == null
                || current.catalogueVersion() != open.applied()
                || treeInStatistics != tree.version()
                || wantStatisticsNow;
        var quiet = now.isAfter(lastChange.plus(properties.index().quiet()))
                || now.isAfter(firstUncounted.plus(MOST_DELAY)) && !firstUncounted.equals(Instant.EPOCH);
        if (current == null || !current.asOf().equals(today) || wantStatisticsNow && outdated) {
            calculate(tree, today, current);
        } else if (outdated && quiet && now.isAfter(notBefore)) {
            calculate(tree, today, current);
        }
    }

    private void calculate(NicheTree tree, LocalDate today, @Nullable Statistics current) {
        var started = System.nanoTime();
        wantStatisticsNow = false;
        Statistics fresh;
        try (var snapshot = acquire()) {
            fresh = new StatisticsCalculator(tree, tiers, properties.benchmark().minPeers())
                    .calculate(
                            snapshot::forEachRow,
                            statisticsStore.nextVersion(),
                            today,
                            snapshot.catalogueVersion(),
                            statisticsStore.rates(),
                            statisticsStore.ratesOn(),
                            statisticsStore.aliases());
        }
        if (current != null
                && statisticsStore.content(current, tree, tiers).equals(statisticsStore.content(fresh, tree, tiers))) {
            // The same figures keep their number; the sample's rows may be younger.
            fresh = fresh.withVersion(current.version());
        } else {
            statisticsStore.save(fresh, tree, tiers);
        }
        statistics = fresh;
        treeInStatistics = tree.version();
        firstUncounted = Instant.EPOCH;
        var took = Duration.ofNanos(System.nanoTime() - started);
        notBefore = clock.instant().plus(took.multipliedBy(CALCULATION_PART));
        log.info(
                "Statistics version {} over {} {} creators in {} ms",
                fresh.version(),
                fresh.creators(),
                fresh.demo() ? "demo" : "real",
                took.toMillis());
    }

    /** What of code and taxonomy rows depend on: the format, and which niche lies below which. */
    static final class Shape {
        private Shape() {}

        static String of(NicheTree tree) {
            return of(tree, tree.idLimit());
        }

        /** Over the niches with ids below the limit: niches that came later are in no row yet. */
        static String of(NicheTree tree, int limit) {
            var parents = new StringBuilder();
            for (var id = 0; id < Math.min(limit, tree.idLimit()); id++) {
                if (tree.byId(id).isPresent()) {
                    parents.append(id)
                            .append('<')
                            .append(tree.parent(id).orElse(-1))
                            .append(' ');
                }
            }
            return CreatorRow.FORMAT + ":" + limit + ":" + Long.toHexString(Codes.hash(parents.toString()));
        }

        static boolean matches(String shape, NicheTree tree) {
            var parts = shape.split(":");
            return parts.length == 3
                    && parts[1].matches("\\d{1,9}")
                    && shape.equals(of(tree, Integer.parseInt(parts[1])));
        }
    }
}

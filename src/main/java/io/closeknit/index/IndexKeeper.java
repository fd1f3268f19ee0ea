package io.closeknit.index;

import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueReader.Change;
import io.closeknit.database.DataDirectory;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheTree;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.CorruptIndexException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Keeps the index and the statistics up with the catalogue: one thread that follows the change log, builds the index anew
 * where it is missing, of an older format, damaged, or where niches have moved, and calculates the statistics when the
 * catalogue has become quiet and when the day (UTC) changes. What answers is never taken away before its successor is
 * complete. Whatever goes wrong is logged and tried again.
 */
@Component
class IndexKeeper implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(IndexKeeper.class);

    /** Changes applied at a time. */
    private static final int BATCH = 2_000;

    /** A calculation may take this part of the time at most while changes go on. */
    private static final int CALCULATION_PART = 20;

    /** However busy the catalogue is, statistics are due after this; {@link #CALCULATION_PART} may make it longer. */
    private static final Duration MOST_DELAY = Duration.ofSeconds(30);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

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
    private volatile CountDownLatch stop = new CountDownLatch(0);
    private volatile boolean wantStatisticsNow;
    private volatile long treeInStatistics = -1;
    private volatile long seen;

    private @Nullable NicheTree treeInRows;
    private boolean damaged;
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
        stop = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("index-keeper").daemon().start(this::run);
    }

    @Override
    public void stop() {
        stop.countDown();
        var running = thread;
        if (running != null) {
            try {
                // Not interrupted at once: an interrupt closes the files under Lucene's hands.
                if (!running.join(LONGEST_GOODBYE)) {
                    running.interrupt();
                    running.join(LONGEST_GOODBYE);
                }
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

    /** After the web server has stopped and before it starts: what it still answers is answered by an index. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void run() {
        var stopped = stop;
        var pause = properties.index().poll();
        try {
            do {
                try {
                    ensureIndex();
                    follow();
                    calculateWhereDue();
                    commitWhereDue();
                    pause = properties.index().poll();
                } catch (Throwable e) { // an error too: without this thread the index would stand still, unnoticed
                    if (!isStopping()) {
                        damaged |= isDamage(e);
                        log.error("The index could not follow the catalogue; trying again in {}", pause, e);
                        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                                ? LONGEST_PAUSE
                                : pause.multipliedBy(2);
                    }
                }
            } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            log.warn("The index did not come to its end in time");
        }
        closeStore();
    }

    /** Whether files of the index cannot be read; a full disk, or a database that went away, is no damage. */
    static boolean isDamage(Throwable thrown) {
        var damage = false;
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return false; // a lost connection ends in an EOFException, too
            }
            damage |= cause instanceof CorruptIndexException
                    || cause instanceof EOFException
                    || cause instanceof FileNotFoundException
                    || cause instanceof NoSuchFileException;
        }
        return damage;
    }

    private void closeStore() {
        var open = store;
        store = null;
        if (open != null) {
            try (open) {
                open.commit();
            } catch (IOException | RuntimeException e) {
                log.warn("The index was not closed cleanly; what is missing is applied again", e);
            }
        }
    }

    // ---- the index

    private void ensureIndex() throws IOException {
        var tree = niches.tree();
        var open = store;
        if (damaged) {
            build(tree);
            return;
        }
        if (open == null || !open.isWritable()) {
            var opened = openCurrent(tree);
            if (opened == null) {
                build(tree);
                return;
            }
            treeInRows = tree;
            store = opened;
            if (open != null) {
                log.warn("The index could not be written to any more and was opened anew");
                open.close();
            }
        } else if (treeInRows == null || moved(treeInRows, tree)) {
            build(tree);
        } else if (treeInRows.version() != tree.version()) {
            open.shape(Shape.of(tree));
            treeInRows = tree;
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
        var version = catalogue.version();
        try {
            var opened = IndexStore.open(folder.resolve(Files.readString(name).strip()));
            if (opened == null) {
                return null;
            }
            if (!Shape.matches(opened.shape(), tree) || opened.applied() > version) {
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
        var place = Files.createTempDirectory(Files.createDirectories(folder), "index-");
        var fresh = IndexStore.create(place, Shape.of(tree));
        try {
            fill(fresh, tree);
            fresh.publish(version);
            fresh.commit();
            var name = folder.resolve("CURRENT.new");
            Files.writeString(name, place.getFileName() + "\n");
            Files.move(name, folder.resolve("CURRENT"), StandardCopyOption.ATOMIC_MOVE);
        } catch (Throwable e) {
            fresh.close();
            FileSystemUtils.deleteRecursively(place);
            throw e;
        }
        var old = store;
        store = fresh;
        treeInRows = tree;
        damaged = false;
        seen = version;
        if (old != null) {
            old.close();
        }
        deleteOthers(place);
        log.info("Index of {} creators built in {} ms", fresh.creators(), (System.nanoTime() - started) / 1_000_000);
    }

    private void fill(IndexStore fresh, NicheTree tree) throws IOException {
        var documents = new CreatorDocuments(tree);
        var last = Long.MIN_VALUE;
        for (var batch = catalogue.scan(last, BATCH); !batch.isEmpty(); batch = catalogue.scan(last, BATCH)) {
            fresh.put(documents, batch);
            last = batch.getLast().id();
            if (isStopping()) {
                throw new CancellationException("Stopping");
            }
        }
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
                !changes.isEmpty() && !isStopping();
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

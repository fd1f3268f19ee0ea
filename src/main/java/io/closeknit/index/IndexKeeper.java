package io.closeknit.index;

import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueReader.Change;
import io.closeknit.database.DataDirectory;
import io.closeknit.database.GiveWay;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheTree;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.lucene.index.CorruptIndexException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Keeps the index and the statistics up with the catalogue: one thread that follows the change log, has the index built
 * anew where it is missing, of an older format, damaged, where niches have moved, or where somebody asks for it (see
 * {@link IndexRebuild}), and calculates the statistics when the catalogue has become quiet and when the day (UTC) changes.
 * What answers is never taken away before its successor is complete, and follows the catalogue until then. Whatever goes
 * wrong is logged and tried again.
 */
@Component
class IndexKeeper implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(IndexKeeper.class);

    /** Changes that show at a time: each time means facets and orders that nobody has counted yet. */
    private static final int BATCH = 10_000;

    /** Creators that are loaded at a time, within a few milliseconds: the database does not rest meanwhile. */
    private static final int STEP = 50;

    /**
     * While changes go on, statistics with their columns may take this part of the time at most: they are work, and each new
     * version means briefs, facets and orders that nobody has looked at yet.
     */
    private static final int CALCULATION_PART = 20;

    /** Once the catalogue has been quiet for so many times what they take they are calculated, {@link #CALCULATION_PART} or not. */
    private static final int QUIET_PART = 3;

    /** However busy the catalogue is, statistics are due after this; {@link #CALCULATION_PART} may make it longer. */
    private static final Duration MOST_DELAY = Duration.ofSeconds(30);

    /** The columns of fewer creators are made by the keeper's own thread, which they do not hold up. */
    private static final int PREPARED_AT_ONCE = 20_000;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

    /** The file that says that somebody asked for a rebuild which did not come to its end yet. */
    private static final String WANTED = "REBUILD";

    private final CatalogueReader catalogue;
    private final NicheDirectory niches;
    private final StatisticsStore statisticsStore;
    private final IndexProperties properties;
    private final Tiers tiers;
    private final IndexMetrics metrics;
    private final BlockCache blocks;
    private final Clock clock;
    private final GiveWay giveWay;
    private final Path folder;

    private volatile @Nullable IndexStore store;
    private volatile @Nullable Statistics statistics;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Thread preparing;
    private volatile CountDownLatch stop = new CountDownLatch(0);
    private volatile boolean wantStatisticsNow;
    private volatile long treeInStatistics = -1;
    private volatile Instant calculatedAt = Instant.EPOCH;
    private volatile long seen;

    /** What the rows were made with; null where it is not known, so that nothing can be added to them. */
    private volatile @Nullable NicheTree treeInRows;

    private volatile @Nullable IndexRebuild rebuild;
    private volatile IndexState.@Nullable LastRebuild lastRebuild;
    private volatile boolean rebuildWanted;
    private boolean damaged;
    private Instant lastChange = Instant.EPOCH;
    private Instant firstUncounted = Instant.EPOCH;
    private Instant lastCommit = Instant.EPOCH;
    private volatile Duration calculating = Duration.ZERO;
    private volatile Instant notBefore = Instant.EPOCH;

    IndexKeeper(
            CatalogueReader catalogue,
            NicheDirectory niches,
            StatisticsStore statisticsStore,
            IndexProperties properties,
            Tiers tiers,
            IndexMetrics metrics,
            BlockCache blocks,
            Clock clock,
            GiveWay giveWay,
            DataDirectory data) {
        this.catalogue = catalogue;
        this.niches = niches;
        this.statisticsStore = statisticsStore;
        this.properties = properties;
        this.tiers = tiers;
        this.metrics = metrics;
        this.blocks = blocks;
        this.clock = clock;
        this.giveWay = giveWay;
        folder = data.resolve("index");
        metrics.watch(this::state);
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

    IndexState state() {
        var answering = store;
        var calculated = statistics;
        var running = rebuild;
        var version = catalogue.version();
        return new IndexState(
                isReady(),
                answering == null ? 0 : answering.creators(),
                answering == null ? 0 : answering.segments(),
                answering == null ? 0 : bytesOnDisk(answering),
                blocks.bytes(),
                seen,
                Math.max(0, version - seen),
                calculated == null
                        ? null
                        : new IndexState.StatisticsState(
                                calculated.version(),
                                calculated.asOf(),
                                calculated.catalogueVersion(),
                                calculated.creators(),
                                calculatedAt,
                                Duration.between(calculatedAt, clock.instant())),
                running == null ? awaited(answering) : running.progress(),
                lastRebuild,
                metrics.times());
    }

    /** A rebuild that was asked for and begins in a moment; null where none was. */
    private @Nullable IndexProgress awaited(@Nullable IndexStore answering) {
        var now = clock.instant();
        return rebuildWanted ? IndexProgress.at(0, answering == null ? 0 : answering.creators(), now, now) : null;
    }

    /** 0 where files come and go while they are counted. */
    private static long bytesOnDisk(IndexStore answering) {
        try {
            return answering.bytes();
        } catch (IOException | RuntimeException e) {
            log.debug("The size of the index cannot be told just now", e);
            return 0;
        }
    }

    /** @return false where one is under way or was asked for already */
    boolean requestRebuild() {
        if (rebuildWanted || rebuild != null) {
            return false;
        }
        try {
            Files.writeString(
                    Files.createDirectories(folder).resolve(WANTED),
                    clock.instant() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            log.warn("A rebuild of the index was asked for; a kill before its end would forget it", e);
        }
        rebuildWanted = true;
        return true;
    }

    /** Waits until what the catalogue has now is in the index and in the statistics. @return whether it is */
    boolean await(Duration atMost) throws InterruptedException {
        var target = catalogue.version();
        var tree = niches.tree().version();
        var end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end) {
            var calculated = statistics;
            var rows = treeInRows;
            if (store != null
                    && seen >= target
                    && rows != null
                    && rows.version() >= tree
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
        giveWay.inBackground();
        var stopped = stop;
        var pause = properties.index().poll();
        rebuildWanted = Files.exists(folder.resolve(WANTED));
        try {
            do {
                try {
                    ensureIndex();
                    var open = store;
                    var rows = treeInRows;
                    if (open != null && !damaged && open.isWritable()) {
                        if (rows != null) {
                            follow(open, rows);
                        }
                        calculateWhereDue(open);
                        commitWhereDue(open);
                    }
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
            } while (!waited(stopped, pause));
        } catch (InterruptedException e) {
            log.warn("The index did not come to its end in time");
        }
        abandonRebuild();
        closeStore();
    }

    /** @return whether it is time to stop */
    private boolean waited(CountDownLatch stopped, Duration pause) throws InterruptedException {
        var running = rebuild;
        if (running != null && store == null && !running.isOver()) {
            running.await(pause); // nothing answers: whoever waits for it waits no longer than needed
            return isStopping();
        }
        return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
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
        var running = rebuild;
        if (running != null) {
            if (running.isOver()) {
                takeOver(running);
            }
            return;
        }
        var open = store;
        if (open == null && !damaged || open != null && !open.isWritable()) {
            var opened = openCurrent(tree);
            if (opened != null) {
                store = opened;
                if (open != null) {
                    log.warn("The index could not be written to any more and was opened anew");
                    open.close();
                }
                open = opened;
            }
        }
        var rows = treeInRows;
        if (damaged || rebuildWanted || open == null || !open.isWritable() || rows == null || moved(rows, tree)) {
            startRebuild(tree);
        } else if (rows.version() != tree.version()) {
            open.shape(Shape.of(tree));
            treeInRows = tree;
        }
    }

    /** Whether niches that rows were made with lie elsewhere now. */
    private static boolean moved(NicheTree before, NicheTree now) {
        return before.version() != now.version() && !Shape.of(before).equals(Shape.of(now, before.idLimit()));
    }

    /** Sets {@link #treeInRows} to what the rows were made with, null where that is not what the niches are now. */
    private @Nullable IndexStore openCurrent(NicheTree tree) throws IOException {
        var name = folder.resolve("CURRENT");
        if (!Files.exists(name)) {
            return null;
        }
        var version = catalogue.version();
        try {
            var opened = IndexStore.open(folder.resolve(Files.readString(name).strip()), blocks::warm, giveWay);
            if (opened == null) {
                return null;
            }
            if (!Shape.isReadable(opened.shape())
                    || opened.applied() > version
                    || opened.applied() < catalogue.forgotten()) {
                log.info(
                        "The index was made by another version, for another catalogue, or is too old: building it anew");
                opened.close();
                return null;
            }
            var current = Shape.matches(opened.shape(), tree);
            treeInRows = current ? tree : null;
            seen = opened.applied();
            deleteOthers(opened.folder());
            log.info(
                    "Index opened at change {}, {} creators{}",
                    opened.applied(),
                    opened.creators(),
                    current ? "" : "; niches have moved since, so it is built anew while it answers");
            return opened;
        } catch (IOException | IllegalArgumentException e) {
            log.warn("The index is damaged: building it anew", e);
            return null;
        }
    }

    private void startRebuild(NicheTree tree) throws IOException {
        var place = Files.createTempDirectory(Files.createDirectories(folder), "index-");
        var fresh = IndexStore.create(place, Shape.of(tree), blocks::warm, giveWay);
        try {
            rebuild = new IndexRebuild(
                    catalogue, fresh, tree, Runtime.getRuntime().availableProcessors(), clock);
        } catch (RuntimeException e) { // the database is away
            fresh.close();
            FileSystemUtils.deleteRecursively(place);
            throw e;
        }
    }

    /** Puts the new index in the place of the old one, once it has caught up with the change log. */
    private void takeOver(IndexRebuild over) throws IOException {
        var fresh = over.fresh();
        try {
            var failed = over.failure();
            if (failed != null) {
                throw new IOException("The index could not be built anew", failed);
            }
            fresh.publish(over.version());
            follow(fresh, over.tree());
            fresh.commit();
            var name = folder.resolve("CURRENT.new");
            Files.writeString(name, fresh.folder().getFileName() + "\n");
            Files.move(name, folder.resolve("CURRENT"), StandardCopyOption.ATOMIC_MOVE);
        } catch (Throwable e) {
            lastRebuild = lastRebuild(over, true);
            abandonRebuild();
            throw e;
        }
        var old = store;
        store = fresh;
        treeInRows = over.tree();
        treeInStatistics = -1; // what is calculated from rows, such as the focus, may be another now
        damaged = false;
        rebuildWanted = false;
        seen = fresh.applied();
        rebuild = null;
        lastRebuild = lastRebuild(over, false);
        Files.deleteIfExists(folder.resolve(WANTED));
        if (old != null) {
            old.close();
        }
        deleteOthers(fresh.folder());
        log.info(
                "Index of {} creators built in {} ms",
                fresh.creators(),
                Duration.between(over.progress().startedAt(), clock.instant()).toMillis());
    }

    private IndexState.LastRebuild lastRebuild(IndexRebuild over, boolean failed) {
        var progress = over.progress();
        return new IndexState.LastRebuild(
                progress.startedAt(), Duration.between(progress.startedAt(), clock.instant()), progress.done(), failed);
    }

    private void abandonRebuild() {
        var running = rebuild;
        rebuild = null;
        if (running != null) {
            try (var fresh = running.fresh()) {
                running.close();
            } catch (IOException | RuntimeException e) {
                log.warn("A rebuild that did not come to its end left something open", e);
            }
            try {
                FileSystemUtils.deleteRecursively(running.fresh().folder());
            } catch (IOException e) {
                log.warn("A rebuild that did not come to its end left files; the next one removes them", e);
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

    private void follow(IndexStore open, NicheTree tree) throws IOException {
        var documents = new CreatorDocuments(tree);
        for (var changes = catalogue.changesAfter(open.applied(), BATCH);
                !changes.isEmpty() && !isStopping();
                changes = catalogue.changesAfter(open.applied(), BATCH)) {
            var ids = new TreeSet<Long>();
            changes.stream().map(Change::creatorId).forEach(ids::add);
            for (var step : steps(ids)) {
                giveWay.rest();
                var creators = catalogue.load(step);
                var gone = new HashSet<>(step);
                creators.forEach(creator -> gone.remove(creator.id()));
                giveWay.rest();
                open.put(documents, creators);
                open.remove(gone);
            }
            open.publish(changes.getLast().number());
            lastChange = clock.instant();
            if (open == store) {
                commitWhereDue(open);
            }
            if (firstUncounted.equals(Instant.EPOCH)) {
                firstUncounted = lastChange;
            }
        }
        if (open == store) {
            seen = open.applied();
        }
    }

    private static List<List<Long>> steps(Collection<Long> ids) {
        var all = List.copyOf(ids);
        return IntStream.iterate(0, from -> from < all.size(), from -> from + STEP)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + STEP)))
                .toList();
    }

    private void commitWhereDue(IndexStore open) throws IOException {
        if (clock.instant().isAfter(lastCommit.plus(properties.index().commit()))) {
            open.commit();
            lastCommit = clock.instant();
        }
    }

    // ---- the statistics

    private void calculateWhereDue(IndexStore open) {
        var running = preparing;
        if (running != null && running.isAlive()) {
            return; // one after the other
        }
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var tree = niches.tree();
        var current = statistics;
        var outdated = current == null
                || current.catalogueVersion() != open.applied()
                || treeInStatistics != tree.version() && (rebuild == null || treeInStatistics < 0)
                || wantStatisticsNow;
        var quiet = now.isAfter(lastChange.plus(properties.index().quiet()))
                || now.isAfter(firstUncounted.plus(MOST_DELAY)) && !firstUncounted.equals(Instant.EPOCH);
        if (current == null || !current.asOf().equals(today) || wantStatisticsNow && outdated) {
            calculate(tree, today);
        } else if (outdated
                && quiet
                && (now.isAfter(notBefore) || now.isAfter(lastChange.plus(calculating.multipliedBy(QUIET_PART))))) {
            calculate(tree, today);
        }
    }

    private void calculate(NicheTree tree, LocalDate today) {
        var started = System.nanoTime();
        wantStatisticsNow = false;
        Statistics fresh;
        try (var snapshot = acquire()) {
            fresh = new StatisticsCalculator(tree, tiers, properties.benchmark().minPeers())
                    .calculate(
                            statistics == null ? snapshot.rows() : resting(snapshot.rows()),
                            0,
                            today,
                            snapshot.catalogueVersion(),
                            statisticsStore.rates(),
                            statisticsStore.ratesOn(),
                            statisticsStore.aliases());
        }
        fresh = fresh.withVersion(statisticsStore.save(fresh, tree, tiers));
        firstUncounted = Instant.EPOCH;
        var took = Duration.ofNanos(System.nanoTime() - started);
        swap(fresh, tree, started);
        log.info(
                "Statistics version {} over {} {} creators in {} ms",
                fresh.version(),
                fresh.creators(),
                fresh.demo() ? "demo" : "real",
                took.toMillis());
    }

    /** In one part, on this thread alone and letting people go first; the first statistics they are waiting for. */
    private StatisticsCalculator.Rows resting(StatisticsCalculator.Rows rows) {
        return each -> rows.forEach(row -> {
            giveWay.rest();
            each.accept(row);
        });
    }

    /** Lets the statistics answer once their blocks are there; at once where nothing answers so far. */
    private void swap(Statistics fresh, NicheTree tree, long started) {
        var view = new BlockCache.View(tree, fresh, tiers);
        var first = statistics == null;
        if (first) {
            answerWith(fresh, tree);
        }
        var snapshot = acquire();
        Runnable prepare = () -> {
            giveWay.inBackground();
            try (snapshot) {
                blocks.prepare(snapshot.reader(), view, first);
            } catch (IOException | RuntimeException e) {
                log.error("The columns could not be made; the rows answer instead, slower", e);
            }
            if (!first) {
                answerWith(fresh, tree);
            }
            blocks.keepOnly(view);
            calculating = Duration.ofNanos(System.nanoTime() - started);
            notBefore = clock.instant().plus(calculating.multipliedBy(CALCULATION_PART));
        };
        if (!first && snapshot.creators() < PREPARED_AT_ONCE) {
            prepare.run();
        } else {
            preparing = Thread.ofPlatform().name("index-blocks").daemon().start(prepare);
        }
    }

    private void answerWith(Statistics fresh, NicheTree tree) {
        treeInStatistics = tree.version();
        calculatedAt = clock.instant();
        statistics = fresh;
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

        /** Whether rows of the shape can be read, wherever the niches lie now. */
        static boolean isReadable(String shape) {
            return shape.startsWith(CreatorRow.FORMAT + ":");
        }

        static boolean matches(String shape, NicheTree tree) {
            var parts = shape.split(":");
            return parts.length == 3
                    && parts[1].matches("\\d{1,9}")
                    && shape.equals(of(tree, Integer.parseInt(parts[1])));
        }
    }
}

package io.closeknit.index;

import io.closeknit.index.BenchmarkCatalogue.Shape;
import io.closeknit.index.RankingBenchmark.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Gathers what was measured, prints it as it comes, and says at the end which bars held. */
final class BenchmarkReport {
    private final StringBuilder markdown = new StringBuilder();
    private final List<Map<String, Object>> measured = new ArrayList<>();
    private String shape = "";
    private int size;
    private long streamingNanos;

    BenchmarkReport() {
        var runtime = Runtime.getRuntime();
        line("# Benchmark of the ranking, " + LocalDate.now(ZoneOffset.UTC));
        line("");
        line("%s %s, Java %s, %d processors, heap %d MB"
                .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.version"),
                        runtime.availableProcessors(),
                        runtime.maxMemory() >> 20));
    }

    /** '100k', '1m' or a number. */
    static int size(String words) {
        var number = words.strip().toLowerCase(Locale.ROOT);
        var factor = number.endsWith("k") ? 1_000 : number.endsWith("m") ? 1_000_000 : 1;
        return Integer.parseInt(factor == 1 ? number : number.substring(0, number.length() - 1)) * factor;
    }

    static String words(int size) {
        return size % 1_000_000 == 0 ? size / 1_000_000 + "m" : size % 1_000 == 0 ? size / 1_000 + "k" : "" + size;
    }

    void line(String text) {
        System.out.println(text);
        System.out.flush();
        markdown.append(text).append('\n');
    }

    void note(String text) {
        line("");
        line(text);
    }

    void begin(Shape of, int creators, IndexStore store) throws IOException {
        shape = of.key;
        size = creators;
        line("");
        line("## %s creators, %s niches each".formatted(words(creators), of.key));
        line("");
        line("Index on disk: %.0f bytes a creator, %d segments"
                .formatted((double) store.bytes() / creators, store.segments()));
    }

    void once(String what, double seconds) {
        line(String.format(Locale.ROOT, "%s: %.1f s", what, seconds));
        keep(what, 1, Map.of("seconds", seconds));
    }

    void memory(String what, long bytes) {
        line(String.format(Locale.ROOT, "%s: %.1f bytes a creator", what, (double) bytes / size));
        keep(what, 1, Map.of("bytesPerCreator", (double) bytes / size));
    }

    void streamingSum(long nanos) {
        streamingNanos = nanos;
        line(String.format(
                Locale.ROOT,
                "Streaming sum over 27 bytes a creator, one thread: %.3f ms (%.1f GB/s)",
                nanos / 1e6,
                27.0 * size / nanos));
        keep("streaming sum", 1, Map.of("broadMedianMillis", nanos / 1e6));
        line("");
        line(
                "| engine | threads | briefs | broad median | broad p99 | selective median | selective p99 | x streaming sum |");
        line("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    }

    void engine(String name, int threads, int briefs, Samples broad, Samples selective) {
        line(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.2f ms | %.2f ms | %.2f ms | %.2f ms | %.1f |",
                name,
                threads,
                briefs,
                millis(broad, 0.5),
                millis(broad, 0.99),
                millis(selective, 0.5),
                millis(selective, 0.99),
                (double) broad.quantile(0.5) / streamingNanos));
        keep(
                name,
                threads,
                Map.of(
                        "briefs", briefs,
                        "broadMedianMillis", millis(broad, 0.5),
                        "broadP99Millis", millis(broad, 0.99),
                        "selectiveMedianMillis", millis(selective, 0.5),
                        "selectiveP99Millis", millis(selective, 0.99)));
    }

    void sql(boolean parallel, int briefs, Samples broad, Samples selective, long bytes) {
        engine("SQL, flat table" + (parallel ? ", parallel" : ""), parallel ? 2 : 1, briefs, broad, selective);
        if (parallel) {
            line("");
            line(String.format(Locale.ROOT, "The SQL's table: %.0f bytes a creator", (double) bytes / size));
        }
    }

    void first(String name, int threads, int briefs, RankingBenchmark.First broad, RankingBenchmark.First selective) {
        engine(name + ", first time (brief compiled)", threads, briefs, broad.asked(), selective.asked());
        engine(name + ", slider moved (facets kept)", threads, briefs, broad.moved(), selective.moved());
    }

    void agreement(String who, int compared) {
        line("");
        line(who + ": " + compared
                + " answers compared with the rows' on one thread: first 50 in order, total, facets");
    }

    void changes(int changes, Samples visible, Samples asked, int threads) {
        line("");
        line(String.format(
                Locale.ROOT,
                "%d changes at 100 a second, found by a ranking after: median %.0f ms, worst %.0f ms"
                        + " (rankings beside it on %d threads: median %.1f ms, p99 %.1f ms)",
                changes,
                millis(visible, 0.5),
                millis(visible, 1),
                threads,
                millis(asked, 0.5),
                millis(asked, 0.99)));
        keep("changes", threads, Map.of("medianMillis", millis(visible, 0.5), "worstMillis", millis(visible, 1)));
    }

    private static double millis(Samples samples, double part) {
        return samples.quantile(part) / 1e6;
    }

    private void keep(String what, int threads, Map<String, Object> figures) {
        var kept = new LinkedHashMap<String, Object>();
        kept.put("shape", shape);
        kept.put("creators", size);
        kept.put("what", what);
        kept.put("threads", threads);
        kept.putAll(figures);
        measured.add(kept);
    }

    // ---- the bars

    private double figure(String what, int creators, String figure) {
        return measured.stream()
                .filter(each -> each.get("shape").equals("5")
                        && each.get("creators").equals(creators)
                        && each.get("what").equals(what)
                        && each.get("threads").equals(1))
                .map(each -> ((Number) each.get(figure)).doubleValue())
                .findFirst()
                .orElse(Double.NaN);
    }

    /** What is expected at a million creators with five niches, broad briefs with facets, one thread. */
    void bars() {
        var million = 1_000_000;
        var blocks = figure("blocks", million, "broadMedianMillis");
        line("");
        line("## Bars: 1m creators, 5 niches, broad briefs with facets, one thread");
        line("");
        line("| bar | measured | |");
        line("| --- | ---: | --- |");
        bar(
                "median at most 8 times the streaming sum",
                blocks / figure("streaming sum", million, "broadMedianMillis"),
                8,
                true);
        bar(
                "at least 200 times faster than SQL",
                figure("SQL, flat table", million, "broadMedianMillis") / blocks,
                200,
                false);
        bar("at least 3 times faster than the rows", figure("rows", million, "broadMedianMillis") / blocks, 3, false);
        bar("p99 at most twice the median", figure("blocks", million, "broadP99Millis") / blocks, 2, true);
        bar("at most 120 bytes a creator in memory", figure("blocks in memory", million, "bytesPerCreator"), 120, true);
        bar("10m at most 12 times 1m", figure("blocks", 10 * million, "broadMedianMillis") / blocks, 12, true);
        bar("a change is found within 1,000 ms at worst", worstChange(million), 1_000, true);
    }

    private double worstChange(int creators) {
        return measured.stream()
                .filter(each -> each.get("shape").equals("5")
                        && each.get("creators").equals(creators)
                        && each.get("what").equals("changes"))
                .mapToDouble(each -> (double) each.get("worstMillis"))
                .findFirst()
                .orElse(Double.NaN);
    }

    private void bar(String words, double value, double bound, boolean atMost) {
        var verdict =
                Double.isNaN(value) ? "not measured" : (atMost ? value <= bound : value >= bound) ? "held" : "NOT held";
        line(String.format(Locale.ROOT, "| %s | %.1f | %s |", words, value, verdict));
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("ranking.md"), markdown);
        Files.writeString(
                folder.resolve("ranking.json"),
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(measured));
        System.out.println("\nWritten to " + folder.resolve("ranking.md") + " and ranking.json");
    }
}

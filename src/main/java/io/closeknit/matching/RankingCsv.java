package io.closeknit.matching;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.closeknit.access.Audit;
import io.closeknit.access.AuditAction;
import io.closeknit.index.Ranking;
import io.closeknit.index.WholeRanking;
import io.closeknit.matching.RankingService.Question;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * A ranking as CSV, exactly as it is shown: the same order, filters and weights, all creators, numbers unrounded as the API
 * gives them. Written while it is walked, so that no length is too long.
 */
@Component
class RankingCsv {
    static final String MEDIA_TYPE = "text/csv";

    private static final List<String> CREATOR = List.of(
            "rank",
            "name",
            "slug",
            "platform",
            "handle",
            "handles",
            "followers",
            "tier",
            "engagement_rate",
            "country",
            "score",
            "low",
            "high",
            "audience_share",
            "why");
    private static final List<String> CRITERION =
            List.of("weight", "points", "value", "low", "high", "known", "evidence");
    private static final List<String> VERSIONS = List.of("catalogue_version", "statistics_version", "as_of");

    private final RankingService rankings;
    private final Wording wording;
    private final Audit audit;

    RankingCsv(RankingService rankings, Wording wording, Audit audit) {
        this.rankings = rankings;
        this.wording = wording;
        this.audit = audit;
    }

    /** Which state of the catalogue the numbers are from; the same on every row. */
    record Versions(long catalogue, long statistics, LocalDate asOf) {}

    /** One creator, ready to be written. */
    record Line(RankingAnswer.Item item, List<String> handles) {
        /** Of a kept one, of whom the main account's handle is kept. */
        static Line of(RankingAnswer.Item item) {
            var creator = item.creator();
            return new Line(item, List.of(creator.platform() + ":" + creator.handle()));
        }
    }

    /**
     * Writes a whole ranking; limit, place and facets of the question don't count.
     *
     * @param forSpreadsheet whether to begin with a byte order mark, by which Excel knows UTF-8
     * @throws RankingService.RefusedException where the weights cannot be used; nothing is written then
     */
    void write(Question question, String name, boolean forSpreadsheet, HttpServletResponse response) {
        var spoken = wording.forBrief(question.brief());
        rankings.walk(question, new WholeRanking.Walker() {
            private @Nullable Writing writing;
            private long left;

            @Override
            public void begin(int total, long catalogueVersion, long statisticsVersion, LocalDate asOf) {
                left = total;
                note(name, total);
                writing = new Writing(
                        open(name, forSpreadsheet, response), new Versions(catalogueVersion, statisticsVersion, asOf));
                endAtLast();
            }

            @Override
            public void creator(Ranking.Item item, List<WholeRanking.Handle> handles) {
                if (writing != null) {
                    writing.line(new Line(
                            RankingAnswer.item(item, spoken),
                            handles.stream()
                                    .map(handle -> handle.platform().key() + ":" + handle.handle())
                                    .toList()));
                    left--;
                    endAtLast();
                }
            }

            private void endAtLast() {
                if (left == 0 && writing != null) {
                    writing.end();
                }
            }
        });
    }

    /** Writes lines that are there already. */
    void write(List<Line> lines, Versions versions, String name, boolean forSpreadsheet, HttpServletResponse response) {
        note(name, lines.size());
        var writing = new Writing(open(name, forSpreadsheet, response), versions);
        lines.forEach(writing::line);
        writing.end();
    }

    /** Before a line is written: whoever breaks a download off has had what came before. */
    private void note(String name, int creators) {
        audit.note(AuditAction.RANKING_EXPORTED, name, Integer.toString(creators));
    }

    private static CsvWriter open(String name, boolean forSpreadsheet, HttpServletResponse response) {
        response.setContentType(MEDIA_TYPE + ";charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(fileName(name), StandardCharsets.UTF_8)
                        .build()
                        .toString());
        try {
            var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
            if (forSpreadsheet) {
                out.write('\uFEFF');
            }
            return CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 'closeknit-autumn-trail-shoe.csv': letters, digits and dashes alone, whatever the brief is called. */
    static String fileName(String name) {
        var safe = name.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-+|-+$", "");
        return "closeknit-" + (safe.isEmpty() ? "ranking" : safe.substring(0, Math.min(80, safe.length()))) + ".csv";
    }

    /** The header, then line by line. */
    private static final class Writing {
        private final CsvWriter csv;
        private final Versions versions;
        private boolean headed;

        Writing(CsvWriter csv, Versions versions) {
            this.csv = csv;
            this.versions = versions;
        }

        private void head() {
            var header = new ArrayList<>(CREATOR);
            for (var criterion : io.closeknit.index.Criterion.ALL) {
                CRITERION.forEach(column -> header.add(criterion.key() + "_" + column));
            }
            header.addAll(VERSIONS);
            csv.writeRecord(header);
            headed = true;
        }

        void line(Line line) {
            if (!headed) {
                head();
            }
            var item = line.item();
            var creator = item.creator();
            var cells = new ArrayList<String>();
            cells.add(Integer.toString(item.rank()));
            cells.add(harmless(creator.name()));
            cells.add(harmless(creator.slug()));
            cells.add(creator.platform());
            cells.add(harmless(creator.handle()));
            cells.add(harmless(String.join(" ", line.handles())));
            cells.add(number(creator.followers()));
            cells.add(text(creator.tier()));
            cells.add(number(creator.engagementRate()));
            cells.add(text(creator.country()));
            cells.add(number(item.score()));
            cells.add(number(item.low()));
            cells.add(number(item.high()));
            cells.add(number(item.audienceShare()));
            cells.add(harmless(item.why()));
            for (var criterion : item.criteria()) {
                cells.add(number(criterion.weight()));
                cells.add(number(criterion.points()));
                cells.add(number(criterion.value()));
                cells.add(number(criterion.low()));
                cells.add(number(criterion.high()));
                cells.add(!criterion.asked() ? "not asked" : criterion.known() ? "known" : "unknown");
                cells.add(text(criterion.evidence()));
            }
            cells.add(Long.toString(versions.catalogue()));
            cells.add(Long.toString(versions.statistics()));
            cells.add(versions.asOf().toString());
            csv.writeRecord(cells);
        }

        void end() {
            if (!headed) {
                head();
            }
            try {
                csv.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String number(@Nullable Number value) {
        return switch (value) {
            case null -> "";
            case Double figure -> Numbers.plain(figure);
            default -> value.toString();
        };
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : harmless(text);
    }

    /** A text that a spreadsheet would calculate begins with an apostrophe. */
    static String harmless(String cell) {
        return !cell.isEmpty() && "=+-@\t\r\n".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}

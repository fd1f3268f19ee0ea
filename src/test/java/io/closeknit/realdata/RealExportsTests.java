package io.closeknit.realdata;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import io.closeknit.testing.TestPeople;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Exports as people pass them around, read here a second time by place and not by name. {@code mvn test -Preal-data} */
@Tag("real-data")
@Import(TestPeople.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "closeknit.demo=false")
class RealExportsTests {
    @LocalServerPort
    private int port;

    @Autowired
    private TestPeople people;

    @Autowired
    private JdbcClient jdbc;

    private Api api;

    @BeforeEach
    void signIn() {
        jdbc.sql("delete from import_run").update();
        jdbc.sql("delete from creator_change").update();
        jdbc.sql("delete from creator").update();
        api = new Api(port, people.admin().bearer());
    }

    private static List<List<String>> rows(Path file) throws IOException {
        var rows = new ArrayList<List<String>>();
        try (var csv = CsvReader.builder().ofCsvRecord(file)) {
            csv.forEach(row -> rows.add(row.getFields()));
        }
        return rows.subList(1, rows.size());
    }

    private Map<String, Long> followers(String platform) {
        var followers = new HashMap<String, Long>();
        jdbc.sql("select handle_key, followers from account where platform = :platform")
                .param("platform", platform)
                .query((row, number) -> followers.put(row.getString(1), row.getLong(2)))
                .list();
        return followers;
    }

    /** @param handle its column, counted from 0, as that of the followers */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "social media influencers - Tiktok sep 2022.csv, tiktok, 1, 4",
        "social media influencers - Youtube sep-2022.csv, youtube, 2, 5",
        "social media influencers - instagram sep-2022.csv, instagram, 1, 4",
        "social media influencers - youtube.csv, youtube, 0, 4",
        "tiktok-micro-2025.csv, tiktok, 0, 2"
    })
    void everyRowOfAnExportGoesInWithItsFollowers(String name, String platform, int handle, int count)
            throws IOException, InterruptedException {
        var file = SharedData.file("data/exports").resolve(name);
        var run = api.importFile(file, Map.of());
        var rows = rows(file);

        assertThat(run.get("state").asString()).as("%s", run).isEqualTo("DONE");
        assertThat(run.get("read").asInt()).isEqualTo(rows.size());
        assertThat(run.get("rejected").asInt()).as("%s", run).isZero();
        var expected = new HashMap<String, Long>();
        for (var row : rows) {
            expected.put(row.get(handle).strip().toLowerCase(Locale.ROOT), (long)
                    Double.parseDouble(row.get(count).strip()));
        }
        var found = followers(platform);
        assertThat(found).hasSameSizeAs(expected);
        var wrong = new HashMap<String, String>();
        expected.forEach((key, value) -> {
            if (!value.equals(found.get(key))) {
                wrong.put(key, value + " but " + found.get(key));
            }
        });
        // A doubled row is the last one's; handles in other letters are folded as the catalogue does.
        assertThat(wrong).hasSizeLessThan(10);
        assertThat(jdbc.sql("select count(*) from import_note where value = ''")
                        .query(Long.class)
                        .single())
                .isEqualTo(name.startsWith("tiktok-micro") ? 0 : leftOut(name));
    }

    private static long leftOut(String name) {
        return name.contains("Tiktok") ? 6 : name.contains("instagram") ? 6 : name.contains("Youtube") ? 4 : 5;
    }

    @Test
    void ratesAreFoundToBePercentagesAndKeptAboveOne() throws IOException, InterruptedException {
        var file = SharedData.file("data/exports/tiktok-micro-2025.csv");
        api.importFile(file, Map.of());
        var last = new HashMap<String, Double>();
        rows(file).forEach(row -> last.put(row.get(0), Double.parseDouble(row.get(4))));
        var rates = jdbc.sql("select handle_key, engagement_rate from account")
                .query((row, number) -> Map.entry(row.getString(1), row.getDouble(2)))
                .list();
        assertThat(rates).hasSameSizeAs(last.keySet());
        assertThat(rates).filteredOn(rate -> rate.getValue() > 1).isNotEmpty();
        assertThat(rates)
                .filteredOn(rate -> Math.abs(rate.getValue() * 100 - last.get(rate.getKey())) > 1e-9)
                .hasSizeLessThan(10);
    }

    @Test
    void spreadsheetErrorsAreNoFigures() throws IOException, InterruptedException {
        var file = SharedData.file("data/exports/social media influencers - youtube.csv");
        api.importFile(file, Map.of());
        var without = new HashSet<String>();
        var with = new HashSet<String>();
        rows(file).forEach(row -> (row.get(9).equals("#VALOR!") ? without : with).add(row.get(0)));
        without.removeAll(with);
        assertThat(jdbc.sql("select count(*) from account where likes is null")
                        .query(Long.class)
                        .single())
                .isEqualTo(without.size());
        assertThat(jdbc.sql("select sum(occurrences) from import_note where value = '#VALOR!'")
                        .query(Long.class)
                        .single())
                .isEqualTo(38 + 209);
    }

    /** The figures of the posts themselves, added up here by handle. */
    @Test
    void postsBecomeTheFiguresOfTheirCreators() throws IOException, InterruptedException {
        var file = SharedData.file("data/posts/posts.csv");
        var run = api.importFile(file, Map.of("platform", "instagram"));
        var sums = new HashMap<String, double[]>();
        rows(file).forEach(row -> {
            var sum = sums.computeIfAbsent(row.get(0), key -> new double[2]);
            sum[0] += Double.parseDouble(row.get(2));
            sum[1]++;
        });
        assertThat(run.get("created").asInt()).as("%s", run).isEqualTo(sums.size());
        var wrong = jdbc.sql("select handle_key, likes, posts_sampled from account")
                .query((row, number) -> {
                    var sum = sums.get(row.getString(1));
                    return sum != null
                            && Math.abs(row.getDouble(2) - sum[0] / sum[1]) < 1e-6
                            && row.getInt(3) == (int) sum[1];
                })
                .list();
        assertThat(wrong).hasSize(sums.size()).doesNotContain(false);
        assertThat(jdbc.sql("select count(*) from mention where paid")
                        .query(Long.class)
                        .single())
                .isPositive();

        // The followers come from the table beside it, which has no date and is newer.
        var creators = api.importFile(SharedData.file("data/posts/creators.csv"), Map.of("platform", "instagram"));
        assertThat(creators.get("rejected").asInt()).isZero();
        assertThat(followers("instagram").values()).doesNotContain(0L);
    }
}

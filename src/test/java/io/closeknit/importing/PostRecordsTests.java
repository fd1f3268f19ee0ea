package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.niche.NicheTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tables whose rows are posts. */
class PostRecordsTests {
    private static final NicheTree NO_NICHES = new NicheTree(1, List.of());

    @TempDir
    private Path folder;

    private record Read(List<ObjectNode> creators, List<String> problems, FileMapping mapping) {}

    private Read read(String csv) throws Exception {
        var file = Files.writeString(folder.resolve("instagram-posts.csv"), csv);
        var inspection = new FileInspector(JsonMapper.shared()).inspect(file);
        var translator =
                Translators.understanding(inspection, inspection.mapping(), null, "instagram-posts.csv", NO_NICHES);
        var creators = new ArrayList<ObjectNode>();
        var problems = new ArrayList<String>();
        try (var records = FileInspector.open(file, inspection, inspection.mapping())) {
            for (var record = records.next(); record != null; record = records.next()) {
                if (record.problem() != null) {
                    problems.add(record.line() + ": " + Wording.of(record.problem()));
                } else if (translator.translate(record) instanceof Translated.Creator creator) {
                    creators.add(creator.object());
                }
            }
        }
        return new Read(creators, problems, inspection.mapping());
    }

    private static final String POSTS = """
            user,date,likes,comments,hashtags,mentions
            ana,2026-05-01,100,10,trail|run,hoka
            bo,2026-05-02,7,1,,
            Ana,2026-05-15,300,30,trail|Werbung,hoka|salomon|ana
            ana,2026-05-29,200,,trail,
            bo,2026-05-03,9,1,,
            ,2026-05-03,9,1,,
            bo,2026-05-04,many,1,,
            """;

    @Test
    void thePostsOfACreatorBecomeHerFigures() throws Exception {
        var read = read(POSTS);
        assertThat(read.mapping().isOfPosts()).isTrue();
        assertThat(read.creators()).hasSize(2);
        var ana = read.creators().getFirst();
        var account = ana.at("/accounts/0");
        assertThat(account.path("platform").asString()).isEqualTo("instagram");
        assertThat(account.path("likes").asDouble()).isEqualTo(200); // 600 of 3 posts
        assertThat(account.path("comments").asDouble()).isEqualTo(20); // 40 of the 2 that say
        assertThat(account.path("postsSampled").asInt()).isEqualTo(3);
        assertThat(account.path("postsPerWeek").asDouble()).isCloseTo(0.5, within(1e-9)); // 2 gaps in 4 weeks
        assertThat(account.path("lastPostAt").asString()).isEqualTo("2026-05-29T00:00:00Z");
        assertThat(account.path("observedAt").asString()).isEqualTo("2026-05-29T00:00:00Z");
        assertThat(ana.at("/hashtags/0").toString()).isEqualTo("{\"tag\":\"trail\",\"weight\":1.0}");
    }

    @Test
    void aPostMarkedAsPaidIsPaidForTheBrandsItNamesAndAnUnmarkedOneProvesNothing() throws Exception {
        var mentions = read(POSTS).creators().getFirst().path("mentions");
        assertThat(mentions.toString()).isEqualTo("""
                        [{"brand":"hoka","paid":true,"on":"2026-05-15","platform":"instagram"},\
                        {"brand":"salomon","paid":true,"on":"2026-05-15","platform":"instagram"},\
                        {"brand":"hoka","on":"2026-05-01","platform":"instagram"}]""");
        assertThat(read(POSTS).creators().get(1).path("mentions").toString()).isEqualTo("[]"); // looked, none found
    }

    @Test
    void rowsThatAreNobodysOrCannotBeRightAreSaidByLine() throws Exception {
        assertThat(read(POSTS).problems())
                .containsExactly(
                        "7: There is no handle in this row. Write the name or the address of the account.",
                        "8: likes: 'many' is not a number. Write it as 18400 or 18.4K.");
    }

    @Test
    void captionsSayHashtagsAndMentionsAndFollowersMakeARate() throws Exception {
        var read = read("""
                username,posted_at,caption,like_count,comment_count,followers,post_url
                ana,2026-05-01T10:00:00Z,"With @hoka.one! #ad #Trail",90,10,1000,https://instagram.com/p/1
                ana,2026-05-02T10:00:00Z,mail me: ana@example.com,40,10,2000,https://instagram.com/p/2
                ana,2026-05-02T10:00:00Z,mail me: ana@example.com,40,10,2000,https://instagram.com/p/2
                """);
        var ana = read.creators().getFirst();
        assertThat(ana.at("/accounts/0/postsSampled").asInt()).isEqualTo(2); // the doubled one counts once
        assertThat(ana.at("/accounts/0/followers").asLong()).isEqualTo(2000);
        assertThat(ana.at("/accounts/0/engagementRate").asDouble()).isEqualTo(0.0375); // (65 + 10) / 2000
        assertThat(ana.path("mentions").toString())
                .isEqualTo(
                        "[{\"brand\":\"hoka.one\",\"paid\":true,\"on\":\"2026-05-01\",\"url\":\"https://instagram.com/p/1\",\"platform\":\"instagram\"}]");
    }

    @Test
    void aTableOfCreatorsIsNoneOfPosts() throws Exception {
        assertThat(read("username,date,likes\nana,2026-05-01,5\nbo,2026-05-01,6\n")
                        .mapping()
                        .isOfPosts())
                .isFalse();
    }
}

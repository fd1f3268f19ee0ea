package io.closeknit.niche;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The taxonomy as the migrations ship it. */
@SpringBootTest
class NicheSeedTests {
    @Autowired
    private NicheDirectory niches;

    @Autowired
    private NicheSearch search;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void everyNodeOfTheIabTaxonomyIsThere() {
        assertThat(niches.tree().all().stream().filter(niche -> niche.iabId() != null))
                .hasSize(704);
        assertThat(niches.tree().bySlug("skin-care").orElseThrow().iabId()).isEqualTo("559");
    }

    @Test
    void slugsOfIabNodesComeFromTheirNames() {
        assertThat(niches.tree().all().stream()
                        .filter(niche -> niche.iabId() != null && !niche.slug().equals("running")))
                .allSatisfy(niche -> assertThat(niche.slug()).isEqualTo(NicheSlugs.from(niche.name())));
    }

    @Test
    void slugsOfTheApiExamplesExist() {
        assertThat(niches.tree().bySlug("running")).isPresent();
        assertThat(niches.tree().bySlug("outdoor-gear")).isPresent();
        var trail = niches.tree().bySlug("trail-running").orElseThrow();
        assertThat(niches.tree().path(trail.id()).stream().map(Niche::slug))
                .containsExactly("healthy-living", "fitness-and-exercise", "running");
    }

    /** Nothing hides another: no alias has the key of a niche's slug or name, none is there twice, hashtags are bare. */
    @Test
    void everySlugNameAliasAndHashtagMeansItsOwnNiche() {
        var tree = niches.tree();
        for (var niche : tree.all()) {
            assertThat(tree.resolve(niche.slug())).as(niche.slug()).hasValue(niche);
            assertThat(tree.resolve(niche.name())).as(niche.name()).hasValue(niche);
            for (var word : niche.aliases()) {
                assertThat(tree.resolve(word)).as(word).hasValue(niche);
            }
            for (var tag : niche.hashtags()) {
                assertThat(tree.resolve("#" + tag)).as(tag).hasValue(niche);
                assertThat(tag).doesNotContain("#").doesNotContainPattern("\\s");
            }
        }
    }

    @Test
    void keysInTheDatabaseAreThoseOfTheTree() {
        record Row(String key, String word) {}
        var rows =
                jdbc.sql("select key, word from niche_alias").query(Row.class).list();
        assertThat(rows)
                .hasSizeGreaterThan(4_000)
                .allSatisfy(row -> assertThat(row.key()).isEqualTo(NicheTree.key(row.word())));
    }

    @Test
    void relationsGoToTheNichesTheyWereWrittenFor() {
        var skinCare = niches.tree().bySlug("skin-care").orElseThrow();
        assertThat(skinCare.related())
                .startsWith(
                        new Niche.Related("k-beauty", 0.6),
                        new Niche.Related("natural-and-organic-beauty", 0.6),
                        new Niche.Related("makeup-and-accessories", 0.5),
                        new Niche.Related("skin-and-dermatology", 0.5));
        var trail = niches.tree().bySlug("trail-running").orElseThrow();
        assertThat(trail.related()).contains(new Niche.Related("outdoor-gear", 0.5), new Niche.Related("hiking", 0.4));
    }

    /** A word of the wider niche moves with the narrower one, and lies below it, so that the wider still finds it. */
    @Test
    void finerNichesLieBelowTheOnesTheyWereTakenFrom() {
        var tree = niches.tree();
        var artists = tree.bySlug("artists").orElseThrow();
        assertThat(tree.path(artists.id()).getLast().slug()).isEqualTo("fine-art");
        assertThat(artists.aliases()).contains("artist", "künstler");
        assertThat(tree.bySlug("fine-art").orElseThrow().aliases())
                .doesNotContain("artist")
                .contains("artwork");
        assertThat(tree.related(tree.bySlug("live-music").orElseThrow().id()))
                .containsEntry(tree.bySlug("music-festivals").orElseThrow().id(), 0.5);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(quoteCharacter = '"', textBlock = """
            # categories of files that people have
            fashion,                     fashion
            beauty,                      beauty
            fitness,                     fitness-and-exercise
            food,                        food-drink
            travel,                      travel
            family,                      family-and-relationships
            interior,                    interior-decorating
            pet,                         pets
            crypto,                      crypto
            marketing,                   marketing-and-advertising
            technology,                  technology-computing
            gaming,                      video-gaming
            vlog,                        lifestyle
            makeup,                      makeup-and-accessories
            Music & Dance,               music
            Cinema & Actors/actresses,   movies
            Lifestyle,                   lifestyle
            Clothing & Outfits,          fashion
            Accessories & Jewellery,     fashion
            Animation,                   animation-anime
            Video games,                 video-gaming
            Humor & Fun & Happiness,     humor-and-satire
            Daily vlogs,                 lifestyle
            News & Politics,             politics
            Science & Technology,        technology-computing
            Food & Drinks,               food-drink
            DIY & Life Hacks,            diy
            Design/art,                  fine-art
            Animals & Pets,              pets
            Health & Self Help,          healthy-living
            Autos & Vehicles,            automotive
            Sports with a ball,          soccer
            Modeling,                    modeling
            Shows,                       television
            Literature & Journalism,     books-and-literature
            Computers & Gadgets,         consumer-electronics
            Racing Sports,               auto-racing
            Finance & Economics,         personal-finance
            Business & Careers,          business
            Nature & landscapes,         nature
            Kids & Toys,                 kids-activities
            Luxury,                      luxury-lifestyle
            Winter sports,               skiing
            Trainers & Coaches,          fitness-and-exercise
            Machinery & Technologies,    technology-computing
            ASMR,                        asmr
            Toys,                        childrens-games-and-toys
            # words and hashtags of posts
            #ootd,                       fashion
            #SkinCare,                   skin-care
            skincare,                    skin-care
            Hautpflege,                  skin-care
            #momlife,                    motherhood
            Trail Running,               trail-running
            #vanlife,                    vanlife
            padel,                       padel
            planinarenje,                hiking
            njega kože,                  skin-care
            cuidado de la piel,          skin-care
            Bücher,                      books-and-literature
            #bookstagram,                bookstagram
            végane,                      vegan-diets
            viagens,                     travel
            arredamento,                 interior-decorating
            #dogsofinstagram,            dogs
            hochzeit,                    wedding
            čaj,                         tea
            # what has a niche of its own below a wider one
            photographer,                photographers
            photography,                 photography
            Künstler,                    artists
            café,                        cafes
            espresso,                    coffee
            vodka,                       vodka
            bourbon,                     whisky
            bakery,                      baking
            #actorslife,                 acting
            concert tour,                live-music
            news,                        journalism
            """)
    void wordsOfRealDataMeanWhatAReaderWouldSay(String word, String slug) {
        assertThat(niches.tree().resolve(word)).map(Niche::slug).hasValue(slug);
    }

    @ParameterizedTest
    @CsvSource({"other", "Others", "misc", "'#'", "qwertz", "xy"})
    void wordsThatMeanNoTopicStayUnknown(String word) {
        assertThat(search.suggest(word)).isEmpty();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "fasion, fashion, false",
        "fashion 0.5, fashion, false",
        "fashion, fashion, true",
        "beuaty, beauty, false",
        "Beauty (2), beauty, false",
        "travle, travel, false",
        "photograpy, photography, false",
        "skin carre, skin-care, false",
        "cooking, cooking, true",
        "recipes, recipes, true",
        "vineyards, wine, false"
    })
    void aTypoIsReadAsTheNearestWord(String word, String slug, boolean exact) {
        assertThat(search.suggest(word)).hasValueSatisfying(guess -> {
            assertThat(guess.niche().slug()).isEqualTo(slug);
            assertThat(guess.exact()).isEqualTo(exact);
        });
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
            fash         | fashion, fashion-design      | a name that begins so, the shorter first
            running      | running, trail-running       | the slug itself before a name that holds the word
            hautpf       | skin-care                    | an alias that begins so
            '#ootd'      | fashion                      | a hashtag
            beaty        | beauty                       | a typo where nothing holds what was typed
            ''           | ''                           | nothing typed
            qwertz       | ''                           | nothing near
            """)
    void completesWhatIsTyped(String typed, String first, String why) {
        var expected = first.isEmpty() ? new String[0] : first.split(", ");
        assertThat(search.complete(typed, 2))
                .as(why)
                .extracting(match -> match.niche().slug())
                .startsWith(expected)
                .hasSizeBetween(expected.length, expected.length == 0 ? 0 : 2);
    }

    @Test
    void saysByWhichWordANicheWasFound() {
        assertThat(search.complete("hautpflege", 1))
                .extracting(NicheSearch.Match::word)
                .containsExactly("hautpflege");
        assertThat(search.complete("#glowingsk", 1))
                .extracting(NicheSearch.Match::word)
                .containsExactly("#glowingskin");
        assertThat(search.complete("skin care", 1))
                .extracting(NicheSearch.Match::word)
                .containsOnlyNulls();
    }
}

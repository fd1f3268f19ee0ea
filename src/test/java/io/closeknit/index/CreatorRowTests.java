package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreatorRowTests {
    /** A row with every field set at random, the unknown among them. */
    static CreatorRow random(Random dice) {
        var row = new CreatorRow();
        row.id = dice.nextLong();
        row.demo = dice.nextBoolean();
        row.contact = dice.nextBoolean();
        row.mentionsKnown = dice.nextBoolean();
        row.slug.set("creator-" + dice.nextInt(1_000_000));
        row.name.set(dice.nextBoolean() ? "" : "Zoë Łuczak 日本 🏃".repeat(dice.nextInt(4)));
        row.country = dice.nextInt(-1, 26 * 26);
        for (var i = dice.nextInt(7); i > 0; i--) {
            row.addLanguage(dice.nextLong() >>> 4);
        }
        for (var i = dice.nextInt(30); i > 0; i--) {
            row.addNiche(dice.nextInt(1_000_000), dice.nextInt(1, 10_001));
        }
        row.focus = dice.nextInt(-1, 10_001);
        row.credibility = dice.nextInt(-1, 10_001);
        row.sponsoredPosts = dice.nextInt(500);
        row.windowPosts = dice.nextBoolean() ? Double.NaN : dice.nextDouble() * 1000;
        row.observedDay = dice.nextBoolean() ? CreatorRow.NO_DAY : dice.nextInt(20_000);
        for (var i = dice.nextInt(12); i > 0; i--) {
            row.addMention(
                    dice.nextLong(),
                    dice.nextInt(-1, 500),
                    dice.nextBoolean() ? CreatorRow.NO_DAY : dice.nextInt(20_000),
                    dice.nextInt(3),
                    dice.nextLong());
        }
        row.accountCount = dice.nextInt(1, 5);
        for (var i = 0; i < row.accountCount; i++) {
            fill(row.account(i), dice);
        }
        return row;
    }

    private static void fill(CreatorRow.Account account, Random dice) {
        account.platform = dice.nextInt(9);
        account.basis = dice.nextInt(3);
        account.handle.set("handle" + dice.nextInt());
        account.source.set(dice.nextBoolean() ? "" : "file.csv");
        account.followers = dice.nextBoolean() ? -1 : dice.nextLong(10_000_000_000L);
        account.engagementRate = orNaN(dice);
        account.commentsPerLike = orNaN(dice);
        account.postsSampled = dice.nextInt(-1, 1_000_000_000);
        account.replyRate = dice.nextInt(-1, 10_001);
        account.authenticity = dice.nextInt(-1, 10_001);
        account.views = orNaN(dice);
        account.reach = orNaN(dice);
        account.growth90d = orNaN(dice);
        account.lastPostDay = dice.nextBoolean() ? CreatorRow.NO_DAY : dice.nextInt(20_000);
        account.observedDay = dice.nextBoolean() ? CreatorRow.NO_DAY : dice.nextInt(20_000);
        account.rateCount = dice.nextInt(5);
        account.rateDeliverable = new byte[account.rateCount];
        account.rateCurrency = dice.ints(account.rateCount, 0, 17_576).toArray();
        account.rateAmount = dice.doubles(account.rateCount).toArray();
        account.countryCount = dice.nextInt(-1, 20);
        account.countries = dice.ints(20, 0, 676).toArray();
        account.countryShare = dice.ints(20, 0, 10_001).toArray();
        account.agesKnown = shares(account.ages, dice);
        account.gendersKnown = shares(account.genders, dice);
        account.jointKnown = shares(account.joint, dice);
        account.audienceLanguageCount = dice.nextInt(-1, 9);
        account.audienceLanguages = dice.longs(9).toArray();
        account.audienceLanguageShare = dice.ints(9, 0, 10_001).toArray();
        account.interestCount = dice.nextInt(-1, 20);
        account.interests = dice.ints(20, -1, 700).toArray();
        account.interestShare = dice.ints(20, 0, 10_001).toArray();
    }

    private static double orNaN(Random dice) {
        return dice.nextInt(3) == 0 ? Double.NaN : dice.nextDouble() * 2 - 0.5;
    }

    private static boolean shares(int[] shares, Random dice) {
        Arrays.setAll(shares, _ -> dice.nextInt(-1, 10_001));
        return dice.nextBoolean();
    }

    /** Everything that a row says, to be compared. */
    static List<Object> said(CreatorRow row) {
        var said = new ArrayList<Object>(List.of(
                row.id,
                row.demo,
                row.contact,
                row.mentionsKnown,
                row.slug.toString(),
                row.name.toString(),
                row.country,
                ints(row.niches, row.nicheCount),
                ints(row.nicheWeight, row.nicheCount)));
        said.add(longs(row.languages, row.languageCount));
        said.addAll(List.of(row.focus, row.credibility, row.sponsoredPosts, row.windowPosts, row.observedDay));
        said.add(longs(row.mentionBrand, row.mentionCount));
        said.add(ints(row.mentionNiche, row.mentionCount));
        said.add(ints(row.mentionDay, row.mentionCount));
        said.add(Arrays.toString(Arrays.copyOf(row.mentionPaid, row.mentionCount)));
        said.add(longs(row.mentionUrl, row.mentionCount));
        for (var i = 0; i < row.accountCount; i++) {
            said.add(said(row.accounts[i]));
        }
        return said;
    }

    private static List<Object> said(CreatorRow.Account a) {
        var said = new ArrayList<Object>(List.of(
                a.platform,
                a.basis,
                a.handle.toString(),
                a.source.toString(),
                a.followers,
                a.engagementRate,
                a.commentsPerLike,
                a.postsSampled,
                a.replyRate,
                a.authenticity));
        said.addAll(List.of(a.views, a.reach, a.growth90d, a.lastPostDay, a.observedDay));
        said.add(Arrays.toString(Arrays.copyOf(a.rateDeliverable, a.rateCount)));
        said.add(ints(a.rateCurrency, a.rateCount));
        said.add(Arrays.toString(Arrays.copyOf(a.rateAmount, a.rateCount)));
        said.add(a.countryCount);
        said.add(ints(a.countries, Math.max(0, a.countryCount)));
        said.add(ints(a.countryShare, Math.max(0, a.countryCount)));
        said.add(a.agesKnown ? ints(a.ages, 7) : "unknown");
        said.add(a.gendersKnown ? ints(a.genders, 3) : "unknown");
        said.add(a.jointKnown ? ints(a.joint, 21) : "unknown");
        said.add(a.audienceLanguageCount);
        said.add(longs(a.audienceLanguages, Math.max(0, a.audienceLanguageCount)));
        said.add(ints(a.audienceLanguageShare, Math.max(0, a.audienceLanguageCount)));
        said.add(a.interestCount);
        said.add(ints(a.interests, Math.max(0, a.interestCount)));
        said.add(ints(a.interestShare, Math.max(0, a.interestCount)));
        return said;
    }

    private static String ints(int[] numbers, int count) {
        return Arrays.toString(Arrays.copyOf(numbers, count));
    }

    private static String longs(long[] numbers, int count) {
        return Arrays.toString(Arrays.copyOf(numbers, count));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3})
    void whatIsPackedIsReadAgain(int seed) {
        var dice = new Random(seed);
        var view = new CreatorRow(); // one for all, as in a query: nothing of the row before may stay
        for (var i = 0; i < 300; i++) {
            var row = random(dice);
            var bytes = row.toBytes();
            var among = new byte[bytes.length + 20];
            System.arraycopy(bytes, 0, among, 13, bytes.length);

            view.read(among, 13, bytes.length);

            assertThat(said(view)).as("row %s of seed %s", i, seed).isEqualTo(said(row));
            assertThat(view.toBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void aRowHoldsThirtyTwoThousandOfAKindAndRefusesMore() {
        var row = new CreatorRow();
        for (var i = 0; i < CreatorRow.MOST; i++) {
            row.addMention(i, -1, i, 1, i);
        }
        var view = new CreatorRow();
        var bytes = row.toBytes();
        view.read(bytes, 0, bytes.length);
        assertThat(view.mentionCount).isEqualTo(32_767);
        assertThat(view.mentionDay[32_766]).isEqualTo(32_766);

        row.addMention(1, -1, 1, 1, 1);
        assertThatIllegalStateException().isThrownBy(row::toBytes).withMessageContaining("32768");
    }

    @Test
    void aTextThatIsTooLongIsCutBetweenTwoCharacters() {
        var row = new CreatorRow();
        row.name.set("a" + "é".repeat(20_000)); // 40,001 bytes; a cut at 32,767 falls between two characters
        assertThat(row.name.toString()).isEqualTo("a" + "é".repeat(16_383));
        row.name.set("é".repeat(20_000)); // here it would fall into one
        assertThat(row.name.toString()).isEqualTo("é".repeat(16_383));

        var bytes = row.toBytes();
        var view = new CreatorRow();
        view.read(bytes, 0, bytes.length);
        assertThat(view.name.toString()).isEqualTo(row.name.toString());
    }
}

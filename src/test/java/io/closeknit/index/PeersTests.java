package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.index.CreatorRow.Account;
import io.closeknit.index.Peers.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeersTests {
    private static final Peers PUBLISHED = Peers.withPublished(new PeerCurve[Peers.slots()]);

    private static Account account(Platform platform, long followers, double rate) {
        var account = new Account();
        account.platform = platform.ordinal();
        account.followers = followers;
        account.engagementRate = rate;
        return account;
    }

    @ParameterizedTest(name = "{0} followers are in the bin from {1}")
    @CsvSource({
        "0, 0",
        "999, 0",
        "1000, 1000",
        "4999, 1000",
        "5000, 5000",
        "10000, 10000",
        "49999, 10000",
        "50000, 50000",
        "100000, 100000",
        "499999, 100000",
        "500000, 500000",
        "1000000, 1000000",
        "90000000, 1000000"
    })
    void theLowerBoundBelongsToTheBin(long followers, long from) {
        assertThat(Peers.BINS[Peers.bin(followers)]).isEqualTo(from);
    }

    @Test
    void theRateIsShrunkTowardsTheMedianByItsPosts() {
        // At √(10,000 · 50,000) = 22,361 followers the bin of 10 to 50 thousand counts alone. Its median is 0.975 %.
        var account = account(Platform.INSTAGRAM, 22_361, 0.0261);

        // Posts not known count as 10: half of 2.61 + half of 0.975 = 1.7925; 0.6 + 0.2 · 0.6825 / 1.5 = 0.691
        assertThat(PUBLISHED.engagement(account)).isCloseTo(0.691, within(1e-4));
        // 30 posts: 0.75 · 2.61 + 0.25 · 0.975 = 2.20125; 0.6 + 0.2 · 1.09125 / 1.5 = 0.7455
        account.postsSampled = 30;
        assertThat(PUBLISHED.engagement(account)).isCloseTo(0.7455, within(1e-4));
        // No post at all says nothing: the median.
        account.postsSampled = 0;
        assertThat(PUBLISHED.engagement(account)).isCloseTo(0.5, within(1e-4));
    }

    @Test
    void halfWayBetweenTwoCentresBothBinsCountHalf() {
        // √(22,361 · 70,711) = 39,764 followers, rate 1.11 %, posts not known.
        // 10–50K: (1.11 + 0.975) / 2 = 1.0425, placed at 0.4 + 0.2 · 0.2025 / 0.27 = 0.55
        // 50–100K: median 0.88, (1.11 + 0.88) / 2 = 0.995, placed at 0.4 + 0.2 · 0.245 / 0.26 = 0.588462
        var account = account(Platform.INSTAGRAM, 39_764, 0.0111);

        assertThat(PUBLISHED.engagement(account)).isCloseTo((0.55 + 0.588462) / 2, within(1e-4));
        assertThat(PUBLISHED.medianEngagement(account)).isCloseTo((0.00975 + 0.0088) / 2, within(1e-6));
    }

    @ParameterizedTest(name = "at {0} followers")
    @ValueSource(longs = {315, 316, 999, 2_235, 4_999, 9_999, 49_999, 70_710, 99_999, 499_999, 999_999, 3_162_277})
    void oneFollowerMoreNeverJumps(long followers) {
        for (var rate = 0.001; rate < 0.2; rate += 0.0097) {
            var before = PUBLISHED.engagement(account(Platform.INSTAGRAM, followers, rate));
            var after = PUBLISHED.engagement(account(Platform.INSTAGRAM, followers + 1, rate));
            assertThat(after).isCloseTo(before, within(0.001));
        }
    }

    @Test
    void outsideTheOuterCentresOneBinCountsAlone() {
        // 1.27 % is the third bound above a million followers, whose centre is √(10⁶ · 10⁷) = 3,162,278.
        var large = account(Platform.INSTAGRAM, 40_000_000, 0.0127);
        large.postsSampled = 1_000_000_000;
        assertThat(PUBLISHED.engagement(large)).isCloseTo(0.6, within(1e-6));
        // 1.72 % is the first bound of the smallest.
        var small = account(Platform.INSTAGRAM, 0, 0.0172);
        small.postsSampled = 1_000_000_000;
        assertThat(PUBLISHED.engagement(small)).isCloseTo(0.2, within(1e-6));
    }

    @Test
    void aBinWithoutACurveLeavesItsPartToTheOther() {
        var own = new PeerCurve[Peers.slots()];
        own[Peers.slot(Figure.ENGAGEMENT_RATE, Platform.TWITCH.ordinal(), 0, Peers.bin(60_000))] =
                PeerCurve.Own.of(new double[] {0.01, 0.02, 0.03});
        var peers = Peers.withPublished(own);

        // Half way between the centres of 10–50K, which has none, and 50–100K: the median there, placed in the middle.
        assertThat(peers.engagement(account(Platform.TWITCH, 39_764, 0.02))).isCloseTo(0.5, within(1e-9));
        assertThat(peers.engagement(account(Platform.TWITCH, 71_000, 0.02))).isCloseTo(0.5, within(1e-9));
        assertThat(peers.engagement(account(Platform.TWITCH, 2_000, 0.02))).isNaN();
        assertThat(peers.isPublished(account(Platform.TWITCH, 60_000, 0.02))).isFalse();
        assertThat(peers.isPublished(account(Platform.INSTAGRAM, 60_000, 0.02))).isTrue();
    }

    @Test
    void withoutFollowersOrRateAnAccountIsNotPlaced() {
        assertThat(PUBLISHED.engagement(account(Platform.INSTAGRAM, -1, 0.02))).isNaN();
        assertThat(PUBLISHED.engagement(account(Platform.INSTAGRAM, 20_000, Double.NaN)))
                .isNaN();
        var byViews = account(Platform.INSTAGRAM, 20_000, 0.02);
        byViews.basis = EngagementBasis.VIEWS.ordinal();
        assertThat(PUBLISHED.engagement(byViews)).isNaN();
    }

    @Test
    void commentsPerLikeAreNotShrunkAndHaveNoPublishedTable() {
        var own = new PeerCurve[Peers.slots()];
        own[Peers.slot(Figure.COMMENTS_PER_LIKE, 0, 0, Peers.bin(22_361))] =
                PeerCurve.Own.of(new double[] {0, 0.02, 0.04});
        var account = account(Platform.INSTAGRAM, 22_361, 0.02);
        account.commentsPerLike = 0.03;

        // Of 0, 0.02 and 0.04 three quarters of the way.
        assertThat(Peers.withPublished(own).comments(account)).isCloseTo(0.75, within(1e-9));
        assertThat(PUBLISHED.comments(account)).isNaN();
    }

    @Test
    void aRateIsHeldToBeTheCapOfItsOwnBinAtMost() {
        // 20 · 2.61 %; 20 · 7.97 % would be more than 1.
        assertThat(PUBLISHED.cap(account(Platform.INSTAGRAM, 49_999, 3))).isCloseTo(0.522, within(1e-12));
        assertThat(PUBLISHED.cap(account(Platform.INSTAGRAM, 1_000, 3))).isEqualTo(1);
        assertThat(PUBLISHED.cap(account(Platform.TWITCH, 49_999, 3))).isEqualTo(1);
        assertThat(PUBLISHED.cap(account(Platform.INSTAGRAM, -1, 3))).isEqualTo(1);
    }
}

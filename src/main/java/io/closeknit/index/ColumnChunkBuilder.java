package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.index.CreatorRow.Account;
import io.closeknit.index.StandIns.StandIn;
import io.closeknit.niche.NicheTree;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes a chunk's columns from rows, one after the other. What is rounded is rounded towards the better value, so that a
 * screen over the columns never falls below the fit.
 */
final class ColumnChunkBuilder {
    private static final int DELIVERABLES = Deliverable.values().length;

    /** Numbers of accounts and of niches are chars. */
    private static final int MOST = Character.MAX_VALUE;

    private final NicheTree tree;
    private final Tiers tiers;
    private final Statistics statistics;
    private final ColumnChunk chunk;
    private int accounts;

    private final PostingSlices.Builder niches = new PostingSlices.Builder();
    private final PostingSlices.Builder audienceCountries = new PostingSlices.Builder();
    private final PostingSlices.Builder audienceLanguages = new PostingSlices.Builder();
    private final PostingSlices.Builder audienceInterests = new PostingSlices.Builder();
    private final PostingSlices.Builder prices = new PostingSlices.Builder();
    private final NicheMembers.Builder nichesUpwards = new NicheMembers.Builder();
    private final CategorySets.Builder platforms = new CategorySets.Builder();
    private final CategorySets.Builder tierSets = new CategorySets.Builder();
    private final CategorySets.Builder countries = new CategorySets.Builder();
    private final CategorySets.Builder languages = new CategorySets.Builder();
    private final Map<Long, Integer> languageNumbers = new HashMap<>();
    private final Map<Long, Integer> audienceLanguageNumbers = new HashMap<>();
    private final MentionColumns.Builder mentions = new MentionColumns.Builder();
    private final int[] lastSeen;
    private final int[] lastLooked;
    private int rowsLooked;
    private char[] several = new char[16];
    private char[] severalFrom = new char[17];
    private int severalCount;
    private short[] placedBond = new short[16];
    private int placedCount;
    private char[] jointAccounts = new char[16];
    private byte[] joint = new byte[16 * ColumnChunk.CELLS];
    private int[] jointMissing = new int[16];
    private int jointCount;

    /** @param base documents before the chunk's first one */
    ColumnChunkBuilder(int base, int creators, NicheTree tree, Tiers tiers, Statistics statistics) {
        this.tree = tree;
        this.tiers = tiers;
        this.statistics = statistics;
        chunk = new ColumnChunk(base, creators);
        accounts = creators;
        lastSeen = new int[tree.idLimit()];
        Arrays.fill(lastSeen, -1);
        lastLooked = new int[tree.idLimit()];
    }

    /** Someone whom the columns know nothing of. */
    void addOdd(int creator) {
        BitWords.set(chunk.odd, creator);
    }

    /** @param creator number within the chunk, higher than those before */
    void add(int creator, CreatorRow row) {
        if (!fits(row)) {
            addOdd(creator);
            return;
        }
        person(creator, row);
        topics(creator, row);
        quality(creator, row);
        mentions.add(creator, row);
        if (row.accountCount == 1) {
            account(creator, row.accounts[0], !BitWords.get(chunk.bondUnknown, creator));
        } else {
            account(creator, row.accounts[0], place(row.accounts[0]));
            several = severalCount == several.length ? Arrays.copyOf(several, severalCount * 2) : several;
            severalFrom = Arrays.copyOf(severalFrom, Math.max(severalFrom.length, several.length + 1));
            several[severalCount] = (char) creator;
            severalFrom[severalCount++] = (char) accounts;
            for (var i = 1; i < row.accountCount; i++) {
                if (accounts == chunk.group.length) {
                    chunk.resizeAccounts(accounts + accounts / 4 + 16);
                }
                account(accounts++, row.accounts[i], place(row.accounts[i]));
            }
        }
    }

    /** Notes the bond of one of several accounts. @return whether it is known */
    private boolean place(Account account) {
        var bond = Quality.bond(account, statistics.peers());
        placedBond = placedCount == placedBond.length ? Arrays.copyOf(placedBond, placedCount * 2) : placedBond;
        placedBond[placedCount++] = Double.isNaN(bond) ? 0 : up(bond);
        return !Double.isNaN(bond);
    }

    private boolean fits(CreatorRow row) {
        if (row.accountCount == 0 || accounts + row.accountCount > MOST || !mentions.fits(row)) {
            return false;
        }
        if (nichesWithAbove(row) > NicheMembers.Builder.MOST) {
            return false;
        }
        for (var i = 0; i < row.nicheCount; i++) {
            if (row.niches[i] < 0 || row.niches[i] > MOST || row.nicheWeight[i] <= 0) {
                return false;
            }
        }
        for (var i = 0; i < row.accountCount; i++) {
            var account = row.accounts[i];
            var dated = account.lastPostDay != CreatorRow.NO_DAY;
            if (account.followers > Integer.MAX_VALUE
                    || dated && (account.lastPostDay < 0 || account.lastPostDay > Short.MAX_VALUE)
                    || !areShares(account.countryShare, account.countryCount)
                    || !areShares(account.audienceLanguageShare, account.audienceLanguageCount)
                    || !areShares(account.interestShare, account.interestCount)) {
                return false;
            }
        }
        return row.country < 26 * 26;
    }

    /** How many niches a row counts for, those above its own included. */
    private int nichesWithAbove(CreatorRow row) {
        var count = 0;
        rowsLooked++;
        for (var i = 0; i < row.nicheCount; i++) {
            for (var at = row.niches[i];
                    at >= 0 && at < lastLooked.length && lastLooked[at] != rowsLooked;
                    at = tree.parent(at).orElse(-1)) {
                lastLooked[at] = rowsLooked;
                count++;
            }
        }
        return count;
    }

    private static boolean areShares(int[] shares, int count) {
        var bits = 0;
        for (var i = 0; i < count; i++) {
            bits |= shares[i] | CreatorRow.ONE - shares[i];
        }
        return bits >= 0;
    }

    private void person(int creator, CreatorRow row) {
        BitWords.put(chunk.demo, creator, row.demo);
        BitWords.put(chunk.contact, creator, row.contact);
        chunk.country[creator] = (short) row.country;
        if (row.country >= 0) {
            countries.add(row.country, creator);
        }
        BitWords.put(chunk.countryUnknown, creator, row.country < 0);
        BitWords.put(chunk.followersUnknown, creator, row.accounts[0].followers < 0);
        platforms.add(row.accounts[0].platform, creator);
        var tier = tiers.of(row.accounts[0].followers);
        if (tier != Tiers.UNKNOWN) {
            tierSets.add(tier, creator);
        }
        BitWords.put(chunk.languageUnknown, creator, row.languageCount == 0);
        for (var i = 0; i < row.languageCount; i++) {
            var again = false;
            for (var before = 0; before < i; before++) {
                again |= row.languages[before] == row.languages[i];
            }
            if (!again) {
                languages.add(languageNumbers.computeIfAbsent(row.languages[i], _ -> languageNumbers.size()), creator);
            }
        }
    }

    private void topics(int creator, CreatorRow row) {
        BitWords.put(chunk.nicheUnknown, creator, row.nicheCount == 0);
        var length = 0.0;
        var common = 0.0;
        for (var i = 0; i < row.nicheCount; i++) {
            var niche = row.niches[i];
            var idf = statistics.idf(niche);
            var bent = CompiledBrief.bent(row.nicheWeight[i]);
            length += bent * idf * idf;
            if (niche < tree.idLimit()) {
                common += Math.sqrt(bent) * idf * statistics.commonTopics().of(niche);
            }
            niches.add(niche, creator, row.nicheWeight[i]);
            for (var at = niche;
                    at >= 0 && at < lastSeen.length && lastSeen[at] != creator;
                    at = tree.parent(at).orElse(-1)) {
                lastSeen[at] = creator;
                nichesUpwards.add(at, creator);
            }
        }
        chunk.common[creator] = length > 0
                ? (byte) (Math.min(255, Math.floor(common / Math.sqrt(length) * 255)) - ColumnChunk.MIDDLE)
                : -ColumnChunk.MIDDLE;
        chunk.inverseLength[creator] = length > 0 ? Math.nextUp((float) (1 / length)) : 0;
    }

    private void quality(int creator, CreatorRow row) {
        var main = row.accounts[0];
        var tier = tiers.of(main.followers);
        var bond = Quality.bond(row, statistics.peers(), -1);
        BitWords.put(chunk.bondUnknown, creator, !bond.isKnown());
        chunk.bond[creator] = partUp(
                bond.isKnown()
                        ? bond.middle()
                        : standIn(statistics.bond(), main, tier, row).median());
        var credible = Quality.isCredibilityKnown(row, statistics.today());
        BitWords.put(chunk.credibilityUnknown, creator, !credible);
        chunk.credibility[creator] = partUp(
                credible
                        ? (double) row.credibility / CreatorRow.ONE
                        : standIn(statistics.credibility(), main, tier, row).median());
        BitWords.put(chunk.focusUnknown, creator, row.focus < 0);
        chunk.focus[creator] = partUp(row.focus < 0 ? 0.5 : (double) row.focus / CreatorRow.ONE);
        var real = Quality.realFollowers(row, -1);
        BitWords.put(chunk.authenticityUnknown, creator, !real.isKnown());
        chunk.authenticity[creator] = partUp(
                real.isKnown()
                        ? Quality.authenticity(real.middle())
                        : standIn(statistics.authenticity(), main, tier, row).median());
    }

    private static StandIn standIn(StandIns standIns, Account main, int tier, CreatorRow row) {
        return standIns.of(main.platform, tier, row.country);
    }

    /** A value in basis points, rounded up. */
    static short up(double value) {
        return (short) Math.ceil(value * CreatorRow.ONE);
    }

    /** A value in 255ths, rounded up, less {@link ColumnChunk#MIDDLE}. */
    private static byte partUp(double value) {
        return (byte) (Math.min(255, Math.ceil(value * 255)) - ColumnChunk.MIDDLE);
    }

    private void account(int at, Account account, boolean bonded) {
        chunk.group[at] = (byte) (account.platform | (tiers.of(account.followers) + 1) * ColumnChunk.TIER);
        chunk.followers[at] = (int) account.followers;
        chunk.lastPost[at] = account.lastPostDay == CreatorRow.NO_DAY ? -1 : (short) account.lastPostDay;
        var known = 0;
        if (account.authenticity >= 0) {
            known |= 1 << ColumnChunk.REAL_FOLLOWERS;
            chunk.realFollowers[at] = (short) account.authenticity;
        }
        if (bonded) {
            known |= 1 << ColumnChunk.BOND;
        }
        known |= audience(at, account);
        chunk.known[at] = (byte) known;
        price(at, account);
        if (at < chunk.creators) {
            for (var d = 0; d < Audiences.DIMENSIONS; d++) {
                BitWords.put(chunk.audienceLacking[d], at, (known >> d & 1) == 0);
            }
            BitWords.put(chunk.worthUnknown, at, chunk.worth[at] == ColumnChunk.NOT_KNOWN);
        }
    }

    private int audience(int at, Account account) {
        var known = 0;
        if (account.countryCount > 0) {
            known |= 1 << Audiences.COUNTRIES;
            chunk.mostCountries = Math.max(chunk.mostCountries, account.countryCount);
            for (var i = 0; i < account.countryCount; i++) {
                audienceCountries.add(account.countries[i], at, shareUp(account.countryShare[i]));
            }
        }
        blank(chunk.ages, at);
        if (account.agesKnown || account.jointKnown) {
            known |= 1 << Audiences.AGES;
            for (var age = 0; age < chunk.ages.length; age++) {
                chunk.ages[age][at] = lessMiddle(shareUp(Math.max(0, Audiences.ageShare(account, age))));
            }
        }
        blank(chunk.genders, at);
        if (account.gendersKnown || account.jointKnown) {
            known |= 1 << Audiences.GENDERS;
            var shares = Audiences.genderShares(account);
            for (var gender = 0; gender < chunk.genders.length; gender++) {
                chunk.genders[gender][at] = lessMiddle(shareUp(Math.max(0, shares[gender])));
            }
        }
        if (account.jointKnown) {
            joint(at, account);
        }
        if (account.audienceLanguageCount > 0) {
            known |= 1 << Audiences.LANGUAGES;
            chunk.mostLanguages = Math.max(chunk.mostLanguages, account.audienceLanguageCount);
            for (var i = 0; i < account.audienceLanguageCount; i++) {
                var number = audienceLanguageNumbers.computeIfAbsent(
                        account.audienceLanguages[i], _ -> audienceLanguageNumbers.size());
                audienceLanguages.add(number, at, shareUp(account.audienceLanguageShare[i]));
            }
        }
        if (account.interestCount > 0) {
            known |= 1 << Audiences.INTERESTS;
            chunk.mostInterests = Math.max(chunk.mostInterests, account.interestCount);
            for (var i = 0; i < account.interestCount; i++) {
                if (account.interests[i] >= 0 && account.interests[i] <= MOST) { // others are nobody's wish
                    audienceInterests.add(account.interests[i], at, shareUp(account.interestShare[i]));
                }
            }
        }
        return known;
    }

    private static void blank(byte[][] columns, int at) {
        for (var column : columns) {
            column[at] = -ColumnChunk.MIDDLE;
        }
    }

    private void joint(int at, Account account) {
        if (jointCount == jointAccounts.length) {
            jointAccounts = Arrays.copyOf(jointAccounts, jointCount * 2);
            joint = Arrays.copyOf(joint, joint.length * 2);
            jointMissing = Arrays.copyOf(jointMissing, jointCount * 2);
        }
        var sum = 0;
        var missing = 0;
        for (var cell = 0; cell < ColumnChunk.CELLS; cell++) {
            var share = account.joint[cell];
            sum += Math.max(0, share);
            missing |= share < 0 ? 1 << cell : 0;
            joint[jointCount * ColumnChunk.CELLS + cell] = shareUp(Math.max(0, share));
        }
        jointMissing[jointCount] = Audiences.isComplete(sum) ? 0 : missing;
        jointAccounts[jointCount++] = (char) at;
    }

    /** Basis points as 255ths, rounded up; what is more than all is all. */
    static byte shareUp(int share) {
        return (byte) Math.min(255, (share * 255 + CreatorRow.ONE - 1) / CreatorRow.ONE);
    }

    private static byte lessMiddle(byte share) {
        return (byte) ((share & 0xff) - ColumnChunk.MIDDLE);
    }

    private void price(int at, Account account) {
        var engaged = CompiledBrief.engagedPeople(account, statistics);
        chunk.engaged[at] = Double.isNaN(engaged) ? ColumnChunk.NOT_KNOWN : logUp(engaged);
        var cheapest = CompiledBrief.cheapestRate(account, -1, statistics);
        chunk.worth[at] = Double.isNaN(engaged) || Double.isNaN(cheapest)
                ? ColumnChunk.NOT_KNOWN
                : engaged > 0 ? logUp(engaged / cheapest) : logUp(0);
        if (!Double.isNaN(cheapest)) {
            for (var deliverable = 0; deliverable < DELIVERABLES; deliverable++) {
                var price = CompiledBrief.cheapestRate(account, deliverable, statistics);
                if (!Double.isNaN(price)) {
                    prices.add(deliverable, at, Math.max(0, Math.nextDown((float) price)));
                }
            }
        }
    }

    /** log₂ in steps, rounded up, within what a short holds. */
    private static short logUp(double figure) {
        var steps = Math.ceil(Math.log(figure) / Math.log(2) * ColumnChunk.LOG_STEPS + 0.01);
        return (short) Math.clamp(steps, -Short.MAX_VALUE, Short.MAX_VALUE);
    }

    ColumnChunk build() {
        chunk.accounts = accounts;
        if (chunk.group.length != accounts) {
            chunk.resizeAccounts(accounts);
        }
        chunk.niches = niches.withFigures();
        chunk.audienceCountries = audienceCountries.withShares();
        chunk.audienceLanguages = audienceLanguages.withShares();
        chunk.audienceInterests = audienceInterests.withShares();
        chunk.prices = prices.withAmounts();
        chunk.nichesUpwards = nichesUpwards.build(chunk.creators);
        chunk.platforms = platforms.build(chunk.creators);
        chunk.tiers = tierSets.build(chunk.creators);
        chunk.countries = countries.build(chunk.creators);
        chunk.languages = languages.build(chunk.creators);
        chunk.languageCodes = codes(languageNumbers);
        chunk.audienceLanguageCodes = codes(audienceLanguageNumbers);
        chunk.mentions = mentions.build(statistics);
        chunk.byFollowers = byFollowers();
        severalFrom[severalCount] = (char) accounts;
        chunk.placedBond = Arrays.copyOf(placedBond, placedCount);
        chunk.several = Arrays.copyOf(several, severalCount);
        chunk.severalFrom = Arrays.copyOf(severalFrom, severalCount + 1);
        chunk.jointAccounts = Arrays.copyOf(jointAccounts, jointCount);
        chunk.joint = Arrays.copyOf(joint, jointCount * ColumnChunk.CELLS);
        chunk.jointMissing = Arrays.copyOf(jointMissing, jointCount);
        return chunk;
    }

    private char[] byFollowers() {
        var order = new long[chunk.creators];
        var count = 0;
        for (var creator = 0; creator < chunk.creators; creator++) {
            if (!BitWords.get(chunk.followersUnknown, creator) && !BitWords.get(chunk.odd, creator)) {
                order[count++] = (long) chunk.followers[creator] << 16 | creator;
            }
        }
        Arrays.sort(order, 0, count);
        var sorted = new char[count];
        for (var i = 0; i < count; i++) {
            sorted[i] = (char) order[i];
        }
        return sorted;
    }

    private static long[] codes(Map<Long, Integer> numbers) {
        var codes = new long[numbers.size()];
        numbers.forEach((code, number) -> codes[number] = code);
        return codes;
    }
}

package io.closeknit.index;

import java.util.Arrays;

/**
 * Some thousand creators of a segment, column by column: what a fast pass over all of them needs. Accounts are numbered
 * within the chunk; the first account of the creator {@code i} is the account {@code i}, the others come behind all
 * creators. Whoever does not fit into the columns is 'odd' and read from her row. Immutable once built.
 */
final class ColumnChunk {
    /** In {@link #worth} and {@link #engaged}: one of the figures is not known. */
    static final short NOT_KNOWN = Short.MIN_VALUE;

    /** Steps of {@link #worth} and {@link #engaged} for a factor of two. */
    static final int LOG_STEPS = 512;

    /** Bits of {@link #known}, besides those by dimension of {@link Audiences}. */
    static final int REAL_FOLLOWERS = 5;

    static final int BOND = 6;

    /** The bits of {@link #group} that are the platform, and what a tier counts in it. */
    static final int PLATFORM = 7;

    static final int TIER = 8;

    /**
     * What is taken off a number from 0 to 255 to make it a byte with a sign: loops over these become vector instructions,
     * loops that make the sign a digit do not.
     */
    static final int MIDDLE = 128;

    /** Tiers that fit into {@link #group}. */
    static final int MOST_TIERS = 30;

    /** Documents before the chunk's first one, within the segment. */
    final int base;

    final int creators;
    int accounts;
    final int words;

    // ---- by account
    /** Ordinal of the platform, and above three bits the tier's number plus one. */
    byte[] group;
    /** -1 where not known. */
    int[] followers;
    /** Bit by dimension of {@link Audiences}, {@link #REAL_FOLLOWERS} and {@link #BOND}. */
    byte[] known;
    /** Basis points; 0 where not known. */
    short[] realFollowers;
    /**
     * The blended places among the peers, in basis points rounded up and 0 where not known, of the accounts of those with
     * several: creator by creator, her first account first.
     */
    short[] placedBond;
    /** Epoch day; -1 where not known. */
    short[] lastPost;
    /** log₂ of engaged real people per EUR of the cheapest rate, in steps, rounded up. */
    short[] worth;
    /** log₂ of engaged real people, in steps, rounded up. */
    short[] engaged;
    /** Shares by age band in 255ths, rounded up and less {@link #MIDDLE}; 0 where not known. */
    byte[][] ages;
    /** Likewise by gender. */
    byte[][] genders;

    PostingSlices audienceCountries;
    PostingSlices audienceLanguages;
    PostingSlices audienceInterests;
    /** Cheapest rate in EUR, rounded down, by deliverable. */
    PostingSlices prices;
    /** The most entries that one account's map has. */
    int mostCountries;

    int mostLanguages;
    int mostInterests;

    /** Accounts whose ages are known by gender, ascending. */
    char[] jointAccounts;
    /** Their shares in 255ths, rounded up, {@value #CELLS} each. */
    byte[] joint;
    /** Their cells that are not known, bit by cell; 0 where the map sums to what counts as complete. */
    int[] jointMissing;

    static final int CELLS = 21;

    // ---- by creator
    /** -1 where not known. */
    final short[] country;
    /** What the squared lengths of niche vectors are to be multiplied with, rounded up; 0 where she has no niche. */
    final float[] inverseLength;
    /** How much of her niches is what everybody is about, in 255ths, rounded down, less {@link #MIDDLE}. */
    final byte[] common;
    // Values over all accounts in 255ths, rounded up, less MIDDLE; stand-ins where not known.
    final byte[] bond;
    final byte[] credibility;
    final byte[] focus;
    final byte[] authenticity;
    // Who is not known, over all accounts.
    final long[] nicheUnknown;
    final long[] countryUnknown;
    /** Of the first account. */
    final long[] followersUnknown;

    final long[] bondUnknown;
    final long[] credibilityUnknown;
    final long[] focusUnknown;
    final long[] authenticityUnknown;
    /** By dimension of {@link Audiences}, of the first account. */
    final long[][] audienceLacking;
    /** Whose first account's {@link #worth} is not known. */
    final long[] worthUnknown;

    final long[] demo;
    final long[] contact;
    final long[] odd;

    PostingSlices niches;
    /** By the niche and all above it. */
    NicheMembers nichesUpwards;
    /** By the first account's platform. */
    CategorySets platforms;
    /** By the first account's tier. */
    CategorySets tiers;

    CategorySets countries;
    /** By number of {@link #languageCodes}. */
    CategorySets languages;

    long[] languageCodes;
    final long[] languageUnknown;
    /** The languages of audiences, by key of {@link #audienceLanguages}. */
    long[] audienceLanguageCodes;

    /** Those whose first account's followers are known, fewest followers first. */
    char[] byFollowers;

    /** Creators with more than one account, ascending. */
    char[] several;
    /** Where their other accounts begin, and where the last one's end. */
    char[] severalFrom;

    MentionColumns mentions;

    /** Room for one account of each creator; all columns are empty. */
    @SuppressWarnings("NullAway.Init") // the builder fills what is gathered
    ColumnChunk(int base, int creators) {
        this.base = base;
        this.creators = creators;
        words = BitWords.words(creators);
        accounts = creators;
        group = new byte[accounts];
        followers = new int[accounts];
        known = new byte[accounts];
        realFollowers = new short[accounts];
        lastPost = new short[accounts];
        worth = new short[accounts];
        engaged = new short[accounts];
        ages = new byte[Codes.AGES.size()][accounts];
        genders = new byte[Codes.GENDERS.size()][accounts];
        country = new short[creators];
        inverseLength = new float[creators];
        common = new byte[creators];
        bond = new byte[creators];
        credibility = new byte[creators];
        focus = new byte[creators];
        authenticity = new byte[creators];
        nicheUnknown = new long[words];
        countryUnknown = new long[words];
        followersUnknown = new long[words];
        bondUnknown = new long[words];
        credibilityUnknown = new long[words];
        focusUnknown = new long[words];
        authenticityUnknown = new long[words];
        audienceLacking = new long[Audiences.DIMENSIONS][words];
        worthUnknown = new long[words];
        demo = new long[words];
        contact = new long[words];
        odd = new long[words];
        languageUnknown = new long[words];
    }

    /** Makes the columns by account so long; what was in them stays. */
    void resizeAccounts(int length) {
        group = Arrays.copyOf(group, length);
        followers = Arrays.copyOf(followers, length);
        known = Arrays.copyOf(known, length);
        realFollowers = Arrays.copyOf(realFollowers, length);
        lastPost = Arrays.copyOf(lastPost, length);
        worth = Arrays.copyOf(worth, length);
        engaged = Arrays.copyOf(engaged, length);
        for (var age = 0; age < ages.length; age++) {
            ages[age] = Arrays.copyOf(ages[age], length);
        }
        for (var gender = 0; gender < genders.length; gender++) {
            genders[gender] = Arrays.copyOf(genders[gender], length);
        }
    }

    int platform(int account) {
        return group[account] & PLATFORM;
    }

    /** {@link Tiers#UNKNOWN} where the followers are not known. */
    int tier(int account) {
        return (group[account] & 0xff) / TIER - 1;
    }

    /** How many of {@link #byFollowers} have fewer followers. */
    int fewerFollowers(long than) {
        var low = 0;
        var high = byFollowers.length;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (followers[byFollowers[middle]] < than) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    boolean isKnown(int account, int bit) {
        return (known[account] >> bit & 1) != 0;
    }

    /** The bond with one account's audience, rounded up. @param account of the creator */
    double placedBond(int creator, int account) {
        var i = Arrays.binarySearch(several, (char) creator);
        if (i < 0) {
            return part(bond[creator]);
        }
        var first = severalFrom[i] - creators + i;
        return (double) placedBond[account == creator ? first : first + 1 + account - severalFrom[i]] / CreatorRow.ONE;
    }

    /** A number of 255ths less {@link #MIDDLE} as the part of 1 that it is. */
    static double part(byte less) {
        return (less + MIDDLE) / 255.0;
    }

    /** The bytes of all columns. */
    long bytes() {
        var byAccount = 1L + 4 + 1 + 2 + 2 + 2 + 2 + ages.length + genders.length;
        var byCreator = 2L + 4 + 1 + 1 + 1 + 1 + 1;
        return byAccount * accounts
                + byCreator * creators
                + (12L + audienceLacking.length) * 8 * words
                + audienceCountries.bytes()
                + audienceLanguages.bytes()
                + audienceInterests.bytes()
                + prices.bytes()
                + 2L * jointAccounts.length
                + joint.length
                + 4L * jointMissing.length
                + niches.bytes()
                + nichesUpwards.bytes()
                + platforms.bytes()
                + tiers.bytes()
                + countries.bytes()
                + languages.bytes()
                + 8L * languageCodes.length
                + 8L * audienceLanguageCodes.length
                + 2L * placedBond.length
                + 2L * byFollowers.length
                + 2L * several.length
                + 2L * severalFrom.length
                + mentions.bytes();
    }
}

package io.closeknit.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A creator as numbers: all that the fit, the filters and the facets need to know of her, packed into bytes.
 *
 * <p>Shares and values are integer basis points (10,000 = 1), -1 where not known. Niches, countries and the like are
 * codes, see {@link Codes}. The object is a reusable view: {@link #read} fills it from bytes, {@link #toBytes} packs it.
 * It holds at most {@value #MOST} of each thing, and as many bytes of each text. Not safe to share between threads.
 */
final class CreatorRow {
    /** Grows when the bytes change their meaning; an index of another format is rebuilt. */
    static final int FORMAT = 2;

    /** Counts and lengths are packed into 15 bits. */
    static final int MOST = Short.MAX_VALUE;

    /** 1 as a share. */
    static final int ONE = 10_000;

    /** Stands for 'no day'. */
    static final int NO_DAY = Integer.MIN_VALUE;

    /** Stands for 'no niche'. */
    static final int NO_NICHE = -1;

    long id;
    boolean demo;
    boolean contact;
    /** Whether anyone looked for mentions. */
    boolean mentionsKnown;

    final Text slug = new Text();
    final Text name = new Text();

    /** Code of the country where she lives, {@link Codes#UNKNOWN} where not known. */
    int country = Codes.UNKNOWN;

    int languageCount;
    long[] languages = new long[4];

    /** The niches, weights normalised to 1, each at least a basis point. */
    int nicheCount;

    int[] niches = new int[16];
    int[] nicheWeight = new int[16];

    /** -1 where not known: no niche, or one niche from one source without a weight. */
    int focus = -1;

    /** -1 where not known; holds only while {@link #observedDay} is not older than a year. */
    int credibility = -1;

    /** Sponsored posts and all posts in the credibility window; posts is NaN where there is no posting rate. */
    int sponsoredPosts;

    double windowPosts = Double.NaN;

    /** The youngest day on which an account was observed. */
    int observedDay = NO_DAY;

    int mentionCount;
    long[] mentionBrand = new long[4];
    int[] mentionNiche = new int[4];
    int[] mentionDay = new int[4];
    /** 0 not paid, 1 paid, 2 not known. */
    byte[] mentionPaid = new byte[4];
    /** Hash of the post's address; 0 where there is none. */
    long[] mentionUrl = new long[4];

    /** Followers descending, unknown last, then platform and handle. */
    int accountCount;

    Account[] accounts = {new Account()};

    /** One account of the row. */
    static final class Account {
        /** Ordinal of {@code CreatorDocument.Platform}. */
        int platform;
        /** Ordinal of {@code CreatorDocument.EngagementBasis}. */
        int basis;

        final Text handle = new Text();
        /** Where the figures come from; empty where it was not said. */
        final Text source = new Text();
        /** -1 where not known. */
        long followers = -1;
        /** Fraction of the basis, derived from likes and comments where no rate is known; NaN where not known. */
        double engagementRate = Double.NaN;
        /** NaN where not known. */
        double commentsPerLike = Double.NaN;
        /** Posts that the rate comes from; -1 where not known. */
        int postsSampled = -1;

        int replyRate = -1;
        int authenticity = -1;
        /** NaN where not known. */
        double views = Double.NaN;

        double reach = Double.NaN;
        /** Relative change of followers in 90 days; NaN where not known. */
        double growth90d = Double.NaN;

        int lastPostDay = NO_DAY;
        int observedDay = NO_DAY;

        int rateCount;
        byte[] rateDeliverable = new byte[2];
        int[] rateCurrency = new int[2];
        double[] rateAmount = new double[2];

        /** -1: the map is not known. */
        int countryCount = -1;

        int[] countries = new int[8];
        int[] countryShare = new int[8];
        /** Whether the map is known; a band that is not in it is -1. */
        boolean agesKnown;

        final int[] ages = new int[7];
        boolean gendersKnown;
        final int[] genders = new int[3];
        boolean jointKnown;
        /** By gender, then age band. */
        final int[] joint = new int[21];

        int audienceLanguageCount = -1;
        long[] audienceLanguages = new long[4];
        int[] audienceLanguageShare = new int[4];
        int interestCount = -1;
        int[] interests = new int[8];
        int[] interestShare = new int[8];
    }

    /** The account with the index, made where it is missing. */
    Account account(int index) {
        if (index >= accounts.length) {
            var grown = Arrays.copyOf(accounts, Math.max(index + 1, accounts.length * 2));
            for (var i = accounts.length; i < grown.length; i++) {
                grown[i] = new Account();
            }
            accounts = grown;
        }
        return accounts[index];
    }

    void addNiche(int niche, int weight) {
        if (nicheCount == niches.length) {
            niches = Arrays.copyOf(niches, nicheCount * 2);
            nicheWeight = Arrays.copyOf(nicheWeight, nicheCount * 2);
        }
        niches[nicheCount] = niche;
        nicheWeight[nicheCount++] = weight;
    }

    void addLanguage(long language) {
        if (languageCount == languages.length) {
            languages = Arrays.copyOf(languages, languageCount * 2);
        }
        languages[languageCount++] = language;
    }

    void addMention(long brand, int niche, int day, int paid, long url) {
        if (mentionCount == mentionBrand.length) {
            var length = mentionCount * 2;
            mentionBrand = Arrays.copyOf(mentionBrand, length);
            mentionNiche = Arrays.copyOf(mentionNiche, length);
            mentionDay = Arrays.copyOf(mentionDay, length);
            mentionPaid = Arrays.copyOf(mentionPaid, length);
            mentionUrl = Arrays.copyOf(mentionUrl, length);
        }
        mentionBrand[mentionCount] = brand;
        mentionNiche[mentionCount] = niche;
        mentionDay[mentionCount] = day;
        mentionPaid[mentionCount] = (byte) paid;
        mentionUrl[mentionCount++] = url;
    }

    /** Packs the row. */
    byte[] toBytes() {
        var out = new Out();
        out.longValue(id);
        out.byteValue((demo ? 1 : 0) | (contact ? 2 : 0) | (mentionsKnown ? 4 : 0));
        out.text(slug);
        out.text(name);
        out.shortValue(country);
        out.count(languageCount);
        for (var i = 0; i < languageCount; i++) {
            out.longValue(languages[i]);
        }
        out.count(nicheCount);
        for (var i = 0; i < nicheCount; i++) {
            out.intValue(niches[i]);
            out.shortValue(nicheWeight[i]);
        }
        out.shortValue(focus);
        out.shortValue(credibility);
        out.intValue(sponsoredPosts);
        out.doubleValue(windowPosts);
        out.intValue(observedDay);
        out.count(mentionCount);
        for (var i = 0; i < mentionCount; i++) {
            out.longValue(mentionBrand[i]);
            out.intValue(mentionNiche[i]);
            out.intValue(mentionDay[i]);
            out.byteValue(mentionPaid[i]);
            out.longValue(mentionUrl[i]);
        }
        out.count(accountCount);
        for (var i = 0; i < accountCount; i++) {
            write(out, accounts[i]);
        }
        return out.bytes();
    }

    private static void write(Out out, Account a) {
        out.byteValue(a.platform);
        out.byteValue(a.basis);
        out.text(a.handle);
        out.text(a.source);
        out.longValue(a.followers);
        out.doubleValue(a.engagementRate);
        out.doubleValue(a.commentsPerLike);
        out.intValue(a.postsSampled);
        out.shortValue(a.replyRate);
        out.shortValue(a.authenticity);
        out.doubleValue(a.views);
        out.doubleValue(a.reach);
        out.doubleValue(a.growth90d);
        out.intValue(a.lastPostDay);
        out.intValue(a.observedDay);
        out.count(a.rateCount);
        for (var i = 0; i < a.rateCount; i++) {
            out.byteValue(a.rateDeliverable[i]);
            out.intValue(a.rateCurrency[i]);
            out.doubleValue(a.rateAmount[i]);
        }
        out.count(a.countryCount);
        for (var i = 0; i < a.countryCount; i++) {
            out.shortValue(a.countries[i]);
            out.shortValue(a.countryShare[i]);
        }
        out.shares(a.agesKnown, a.ages);
        out.shares(a.gendersKnown, a.genders);
        out.shares(a.jointKnown, a.joint);
        out.count(a.audienceLanguageCount);
        for (var i = 0; i < a.audienceLanguageCount; i++) {
            out.longValue(a.audienceLanguages[i]);
            out.shortValue(a.audienceLanguageShare[i]);
        }
        out.count(a.interestCount);
        for (var i = 0; i < a.interestCount; i++) {
            out.intValue(a.interests[i]);
            out.shortValue(a.interestShare[i]);
        }
    }

    /** Fills this view from packed bytes. */
    void read(byte[] bytes, int offset, int length) {
        var in = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
        id = in.getLong();
        var flags = in.get();
        demo = (flags & 1) != 0;
        contact = (flags & 2) != 0;
        mentionsKnown = (flags & 4) != 0;
        slug.read(in);
        name.read(in);
        country = in.getShort();
        var count = (int) in.getShort();
        languageCount = 0;
        for (var i = 0; i < count; i++) {
            addLanguage(in.getLong());
        }
        count = in.getShort();
        nicheCount = 0;
        for (var i = 0; i < count; i++) {
            addNiche(in.getInt(), in.getShort());
        }
        focus = in.getShort();
        credibility = in.getShort();
        sponsoredPosts = in.getInt();
        windowPosts = in.getDouble();
        observedDay = in.getInt();
        count = in.getShort();
        mentionCount = 0;
        for (var i = 0; i < count; i++) {
            addMention(in.getLong(), in.getInt(), in.getInt(), in.get(), in.getLong());
        }
        accountCount = in.getShort();
        for (var i = 0; i < accountCount; i++) {
            read(in, account(i));
        }
    }

    private static void read(ByteBuffer in, Account a) {
        a.platform = in.get();
        a.basis = in.get();
        a.handle.read(in);
        a.source.read(in);
        a.followers = in.getLong();
        a.engagementRate = in.getDouble();
        a.commentsPerLike = in.getDouble();
        a.postsSampled = in.getInt();
        a.replyRate = in.getShort();
        a.authenticity = in.getShort();
        a.views = in.getDouble();
        a.reach = in.getDouble();
        a.growth90d = in.getDouble();
        a.lastPostDay = in.getInt();
        a.observedDay = in.getInt();
        a.rateCount = in.getShort();
        if (a.rateCount > a.rateAmount.length) {
            a.rateDeliverable = new byte[a.rateCount];
            a.rateCurrency = new int[a.rateCount];
            a.rateAmount = new double[a.rateCount];
        }
        for (var i = 0; i < a.rateCount; i++) {
            a.rateDeliverable[i] = in.get();
            a.rateCurrency[i] = in.getInt();
            a.rateAmount[i] = in.getDouble();
        }
        a.countryCount = in.getShort();
        if (a.countryCount > a.countries.length) {
            a.countries = new int[a.countryCount];
            a.countryShare = new int[a.countryCount];
        }
        for (var i = 0; i < a.countryCount; i++) {
            a.countries[i] = in.getShort();
            a.countryShare[i] = in.getShort();
        }
        a.agesKnown = shares(in, a.ages);
        a.gendersKnown = shares(in, a.genders);
        a.jointKnown = shares(in, a.joint);
        a.audienceLanguageCount = in.getShort();
        if (a.audienceLanguageCount > a.audienceLanguages.length) {
            a.audienceLanguages = new long[a.audienceLanguageCount];
            a.audienceLanguageShare = new int[a.audienceLanguageCount];
        }
        for (var i = 0; i < a.audienceLanguageCount; i++) {
            a.audienceLanguages[i] = in.getLong();
            a.audienceLanguageShare[i] = in.getShort();
        }
        a.interestCount = in.getShort();
        if (a.interestCount > a.interests.length) {
            a.interests = new int[a.interestCount];
            a.interestShare = new int[a.interestCount];
        }
        for (var i = 0; i < a.interestCount; i++) {
            a.interests[i] = in.getInt();
            a.interestShare[i] = in.getShort();
        }
    }

    private static boolean shares(ByteBuffer in, int[] shares) {
        if (in.get() == 0) {
            return false;
        }
        for (var i = 0; i < shares.length; i++) {
            shares[i] = in.getShort();
        }
        return true;
    }

    /** Text that stays bytes until somebody asks for it; most rows of a query are never shown. */
    static final class Text {
        private byte[] bytes = {};
        private int start;
        private int length;

        /** Takes the text, cut where it is longer than {@link CreatorRow#MOST} bytes, never within a character. */
        void set(String text) {
            bytes = text.getBytes(StandardCharsets.UTF_8);
            start = 0;
            length = Math.min(bytes.length, MOST);
            while (length < bytes.length && (bytes[length] & 0xc0) == 0x80) {
                length--; // the next byte goes on with a character
            }
        }

        private void read(ByteBuffer in) {
            bytes = in.array();
            length = in.getShort();
            start = in.arrayOffset() + in.position();
            in.position(in.position() + length);
        }

        /** By UTF-8 bytes, which is the order of code points. */
        int compareTo(byte[] other) {
            return Arrays.compareUnsigned(bytes, start, start + length, other, 0, other.length);
        }

        byte[] toBytes() {
            return Arrays.copyOfRange(bytes, start, start + length);
        }

        @Override
        public String toString() {
            return new String(bytes, start, length, StandardCharsets.UTF_8);
        }
    }

    /** A buffer that grows. */
    private static final class Out {
        private ByteBuffer buffer = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);

        private ByteBuffer room(int bytes) {
            if (buffer.remaining() < bytes) {
                var grown = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes))
                        .order(ByteOrder.LITTLE_ENDIAN);
                buffer.flip();
                grown.put(buffer);
                buffer = grown;
            }
            return buffer;
        }

        void byteValue(int value) {
            room(1).put((byte) value);
        }

        void shortValue(int value) {
            room(2).putShort((short) value);
        }

        void intValue(int value) {
            room(4).putInt(value);
        }

        void longValue(long value) {
            room(8).putLong(value);
        }

        /** @throws IllegalStateException where the count does not fit: better none than a row that reads as another */
        void count(int value) {
            if (value > MOST) {
                throw new IllegalStateException("A row holds at most " + MOST + " of a kind, not " + value);
            }
            shortValue(value);
        }

        void doubleValue(double value) {
            room(8).putDouble(value);
        }

        void text(Text text) {
            shortValue(text.length);
            room(text.length).put(text.bytes, text.start, text.length);
        }

        void shares(boolean known, int[] shares) {
            byteValue(known ? 1 : 0);
            if (known) {
                for (var share : shares) {
                    shortValue(share);
                }
            }
        }

        byte[] bytes() {
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }
}

package io.closeknit.index;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How words become the numbers of a row and of a compiled brief. Each code is stable over versions and nodes. */
public final class Codes {
    /** The age bands, in order; a band's index is its number in rows. */
    public static final List<String> AGES = List.of("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+");
    /** The genders, in order. */
    public static final List<String> GENDERS = List.of("female", "male", "other");

    /** Stands for 'not known' where a code is expected. */
    public static final int UNKNOWN = -1;

    private static final int LANGUAGE_LETTERS = 10;
    private static final Pattern NOT_IN_A_BRAND = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private Codes() {}

    /** A country, or {@link #UNKNOWN} for null and what is not two letters. */
    public static int country(@org.jspecify.annotations.Nullable String code) {
        if (code == null || code.length() != 2) {
            return UNKNOWN;
        }
        var upper = code.toUpperCase(Locale.ROOT);
        var first = upper.charAt(0) - 'A';
        var second = upper.charAt(1) - 'A';
        return first < 0 || first > 25 || second < 0 || second > 25 ? UNKNOWN : first * 26 + second;
    }

    /** The two letters of a country's code. */
    public static String country(int code) {
        return "" + (char) ('A' + code / 26) + (char) ('A' + code % 26);
    }

    /** A currency: three letters; {@link #UNKNOWN} for anything else. */
    public static int currency(String code) {
        if (!code.matches("[A-Za-z]{3}")) {
            return UNKNOWN;
        }
        var upper = code.toUpperCase(Locale.ROOT);
        return ((upper.charAt(0) - 'A') * 26 + upper.charAt(1) - 'A') * 26 + upper.charAt(2) - 'A';
    }

    /** The three letters of a currency's code. */
    public static String currency(int code) {
        return "" + (char) ('A' + code / 676) + (char) ('A' + code / 26 % 26) + (char) ('A' + code % 26);
    }

    /** A language tag, its first ten characters packed by six bits each from the left, so that 'en' is a prefix of 'en-gb'. */
    public static long language(String tag) {
        var packed = 0L;
        for (var i = 0; i < LANGUAGE_LETTERS; i++) {
            packed = packed << 6 | (i < tag.length() ? letter(tag.charAt(i)) : 0);
        }
        return packed;
    }

    /** The tag that was packed, lower case but for a region of two letters; at most ten characters. */
    public static String languageTag(long packed) {
        var tag = new StringBuilder();
        for (var shift = 6 * (LANGUAGE_LETTERS - 1); shift >= 0; shift -= 6) {
            var letter = (int) (packed >>> shift & 63);
            if (letter == 0) {
                break;
            }
            tag.append((char) (letter <= 26 ? 'a' + letter - 1 : letter == 27 ? '-' : '0' + letter - 28));
        }
        return Locale.forLanguageTag(tag.toString()).toLanguageTag();
    }

    private static int letter(char c) {
        var lower = Character.toLowerCase(c);
        if (lower >= 'a' && lower <= 'z') {
            return lower - 'a' + 1;
        }
        return lower >= '0' && lower <= '9' ? lower - '0' + 28 : 27; // 27 is the hyphen
    }

    /** Whether a wanted language covers another: 'en' covers 'en' and 'en-GB', 'en-GB' does not cover 'en'. */
    public static boolean covers(long wanted, long language) {
        var letters = LANGUAGE_LETTERS - Long.numberOfTrailingZeros(wanted) / 6;
        var shift = 6 * (LANGUAGE_LETTERS - letters);
        if (wanted >>> shift != language >>> shift) {
            return false;
        }
        var next = shift == 0 ? 0 : language >>> shift - 6 & 63;
        return next == 0 || next == 27;
    }

    /** What makes two spellings of a brand equal: no case, accents, spaces, punctuation, '@' and '#'. */
    public static String brandKey(String brand) {
        var plain =
                MARKS.matcher(Normalizer.normalize(brand, Normalizer.Form.NFKD)).replaceAll("");
        // By upper case first, or 'Weiß' would not be 'WEISS'.
        var key = NOT_IN_A_BRAND
                .matcher(plain)
                .replaceAll("")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return key.isEmpty() ? brand.strip().toLowerCase(Locale.ROOT) : key;
    }

    /** A brand's key as a number: the first eight bytes of its SHA-256. */
    public static long brand(String brand) {
        return hash(brandKey(brand));
    }

    /** The first eight bytes of a text's SHA-256. */
    static long hash(String text) {
        var digest = sha256(text);
        var hash = 0L;
        for (var i = 0; i < 8; i++) {
            hash = hash << 8 | digest[i] & 0xff;
        }
        return hash;
    }

    static byte[] sha256(String text) {
        return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

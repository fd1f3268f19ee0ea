package io.closeknit.access;

import java.security.SecureRandom;

/** What makes a password good enough, and passwords that are. */
final class Passwords {
    /** In characters; long rather than complicated, as NIST SP 800-63B-4 (2025) advises. */
    static final int SHORTEST = 12;

    /** Longer ones are no safer, only dearer to carry around. */
    static final int LONGEST = 200;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"; // without those that are taken for others
    private static final int GROUPS = 4;
    private static final int GROUP = 5;

    private Passwords() {}

    static boolean goodEnough(String password) {
        var length = password.codePointCount(0, password.length());
        return length >= SHORTEST && length <= LONGEST && !password.isBlank();
    }

    /** About 99 random bits, in groups that can be read out over the telephone. */
    static String generate() {
        var password = new StringBuilder();
        for (var group = 0; group < GROUPS; group++) {
            if (group > 0) {
                password.append('-');
            }
            for (var letter = 0; letter < GROUP; letter++) {
                password.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
            }
        }
        return password.toString();
    }
}

package io.closeknit.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * A face for somebody of whom there is no picture: initials on a quiet pattern that is always the same for a handle. The
 * pattern is five by five cells, mirrored, in one of eight tones: 262,144 of them, so that neighbours in a list differ.
 */
@Component("avatars")
class Avatars {
    private static final int TONES = 8;
    private static final int SIDE = 5;
    private static final int CELL = 8;
    private static final String OUTLINE = "h%1$dv%1$dh-%1$dz".formatted(CELL);

    /** @param handle without case; with or without @ */
    public Tile tile(String handle, String name) {
        var hash = hash(handle.strip().replaceFirst("^@", "").toLowerCase(Locale.ROOT));
        var cells = new StringBuilder();
        for (var x = 0; x < (SIDE + 1) / 2; x++) {
            for (var y = 0; y < SIDE; y++) {
                if ((hash[1 + x * SIDE + y] & 1) == 1) {
                    cells.append(cell(x, y));
                    if (x != SIDE - 1 - x) {
                        cells.append(cell(SIDE - 1 - x, y));
                    }
                }
            }
        }
        return new Tile(Math.floorMod(hash[0], TONES), cells.toString(), Initials.of(name.isBlank() ? handle : name));
    }

    private static String cell(int x, int y) {
        return "M" + x * CELL + " " + y * CELL + OUTLINE;
    }

    private static byte[] hash(String handle) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(handle.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /**
     * @param tone 0 to 7
     * @param cells of the pattern on a square of 40, as the data of an SVG path
     */
    record Tile(int tone, String cells, String initials) {}
}

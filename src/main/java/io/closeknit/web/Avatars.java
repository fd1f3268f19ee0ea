package io.closeknit.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
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

    /** @param handle without case; with or without @ */
    public Tile tile(String handle, String name) {
        var hash = hash(handle.strip().replaceFirst("^@", "").toLowerCase(Locale.ROOT));
        var cells = new ArrayList<Cell>();
        for (var x = 0; x < (SIDE + 1) / 2; x++) {
            for (var y = 0; y < SIDE; y++) {
                if ((hash[1 + x * SIDE + y] & 1) == 1) {
                    cells.add(new Cell(x * 8, y * 8));
                    if (x != SIDE - 1 - x) {
                        cells.add(new Cell((SIDE - 1 - x) * 8, y * 8));
                    }
                }
            }
        }
        return new Tile(Math.floorMod(hash[0], TONES), cells, Initials.of(name.isBlank() ? handle : name));
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
     * @param cells of the pattern, on a square of 40
     */
    record Tile(int tone, List<Cell> cells, String initials) {}

    record Cell(int x, int y) {}
}

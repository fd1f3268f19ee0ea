package io.closeknit.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Writes the invented creators as the JSON lines that an import takes, for a look at them or for a sample file:
 * {@code java … io.closeknit.demo.InventedCreatorsFile target/creators.jsonl 2026-11-23}, or from a test.
 */
public final class InventedCreatorsFile {
    private InventedCreatorsFile() {}

    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]), args.length > 1 ? LocalDate.parse(args[1]) : LocalDate.now());
    }

    /** @return the file */
    public static Path write(Path file, LocalDate today) throws IOException {
        try (var creators = InventedCreators.on(today)) {
            return Files.write(file, (Iterable<String>) creators.map(Object::toString)::iterator);
        }
    }
}

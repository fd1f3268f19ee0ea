package io.closeknit.realdata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The real data that lies beside a developer's checkout; none of it is in the repository. */
final class SharedData {
    static final Path ROOT = Stream.of(System.getProperty("closeknit.shared", "../shared"))
            .map(Path::of)
            .map(Path::toAbsolutePath)
            .map(Path::normalize)
            .findFirst()
            .orElseThrow();

    private SharedData() {}

    static Path file(String name) {
        var file = ROOT.resolve(name);
        if (!Files.exists(file)) {
            throw new IllegalStateException("The profile real-data needs " + file
                    + ". Say where the data lies with -Dcloseknit.shared=…, or leave the profile out.");
        }
        return file;
    }

    /** Goes over the rows of one of the plain CSV files (no quotes in them), by column name. */
    static void rows(String name, Consumer<Map<String, String>> each) throws IOException {
        try (var lines = Files.newBufferedReader(file(name))) {
            var header = List.of(Objects.requireNonNull(lines.readLine()).split(","));
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var cells = line.split(",", -1);
                each.accept(header.stream()
                        .collect(java.util.stream.Collectors.toMap(column -> column, c -> cells[header.indexOf(c)])));
            }
        }
    }
}

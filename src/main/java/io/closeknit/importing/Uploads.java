package io.closeknit.importing;

import io.closeknit.database.DataDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The files that were sent and are not done with, in {@code uploads} below the data folder. */
@Component
class Uploads {
    private final Path folder;

    Uploads(DataDirectory data) {
        this.folder = data.resolve("uploads");
    }

    /** Streams a file to the disk. @return the name to find it by */
    String store(InputStream in) throws IOException {
        Files.createDirectories(folder);
        var name = UUID.randomUUID().toString();
        var part = folder.resolve(name + ".part");
        try {
            Files.copy(in, part);
            Files.move(part, folder.resolve(name));
        } finally {
            Files.deleteIfExists(part);
        }
        return name;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    void remove(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }
}

package io.closeknit.importing;

import io.closeknit.database.DataDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The files that were sent and are not done with, in {@code uploads} below the data folder. */
@Component
class Uploads {
    /** A database whose disk is full stops altogether; so does an import, while there is still room for all else. In bytes. */
    private static final long LEAST_ROOM = 200L << 20;

    private final Path folder;

    @Autowired
    Uploads(DataDirectory data) {
        this(data.resolve("uploads"));
    }

    Uploads(Path folder) {
        this.folder = folder;
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

    /** The same file under another name, which can be removed on its own. */
    String copy(String name) throws IOException {
        var copy = UUID.randomUUID().toString();
        try {
            Files.createLink(folder.resolve(copy), folder.resolve(name));
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(folder.resolve(name), folder.resolve(copy)); // a file system without links
        }
        return copy;
    }

    /** Whether the disk has room for more; where the embedded database lies on it, for its rows too. */
    boolean hasRoom() {
        try {
            return Files.getFileStore(folder).getUsableSpace() >= LEAST_ROOM;
        } catch (IOException e) {
            return true; // it cannot be told; the write itself will say so
        }
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    void remove(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }
}

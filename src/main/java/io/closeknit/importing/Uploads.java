package io.closeknit.importing;

import io.closeknit.database.DataDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The files that were sent and are not done with, in {@code uploads} below the data folder. */
@Component
class Uploads {
    /** A database whose disk is full stops altogether; so does an import, while there is still room for all else. In bytes. */
    private static final long LEAST_ROOM = 200L << 20;

    /** Written between two looks at what is left. In bytes. */
    private static final int STEP = 8 << 20;

    private final Path folder;

    @Autowired
    Uploads(DataDirectory data) {
        this(data.resolve("uploads"));
    }

    Uploads(Path folder) {
        this.folder = folder;
    }

    /**
     * Streams a file to the disk, as long as there is room.
     *
     * @return the name to find it by
     * @throws UnreadableFileException where the disk has no room for it; nothing of it stays
     */
    String store(InputStream in) throws IOException, UnreadableFileException {
        Files.createDirectories(folder);
        var name = UUID.randomUUID().toString();
        var part = folder.resolve(name + ".part");
        try {
            write(in, part);
            Files.move(part, folder.resolve(name));
        } finally {
            Files.deleteIfExists(part);
        }
        return name;
    }

    private void write(InputStream in, Path part) throws IOException, UnreadableFileException {
        var buffer = new byte[1 << 16];
        var unseen = STEP;
        try (var out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (unseen >= STEP) {
                    unseen = 0;
                    if (!hasRoom()) {
                        throw new UnreadableFileException(Sentence.of("importing.file.noRoom"));
                    }
                }
                out.write(buffer, 0, read);
                unseen += read;
            }
        }
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
            return usable() >= LEAST_ROOM;
        } catch (IOException e) {
            return true; // it cannot be told; the write itself will say so
        }
    }

    /** In bytes, on the disk of the uploads. */
    long usable() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    void remove(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }
}

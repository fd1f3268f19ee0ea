package io.closeknit.database;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The folder that holds what this installation keeps on disk: {@code closeknit.data-dir}, {@code ./data} by default. */
@Component
public class DataDirectory {
    private final Path path;

    public DataDirectory(@Value("${closeknit.data-dir:./data}") Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** The absolute path of a file or folder below the data folder; nothing is created. */
    public Path resolve(String name) {
        return path.resolve(name);
    }
}

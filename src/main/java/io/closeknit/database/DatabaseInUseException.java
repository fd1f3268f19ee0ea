package io.closeknit.database;

import java.io.IOException;
import java.nio.file.Path;

/** Another running application uses the data folder. */
public class DatabaseInUseException extends IOException {
    DatabaseInUseException(Path home) {
        super("Another running Closeknit uses the data in " + home
                + ". Stop it first, or give this one a folder of its own with closeknit.data-dir.");
    }
}

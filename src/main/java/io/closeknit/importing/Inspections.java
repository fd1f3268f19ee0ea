package io.closeknit.importing;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Inspects uploaded files and remembers the last few, because the mapping page asks again and again. */
@Component
class Inspections {
    private static final int KEPT = 4;

    private final FileInspector inspector;
    private final Uploads uploads;
    private final Map<String, FileInspection> kept = new LinkedHashMap<>();

    Inspections(FileInspector inspector, Uploads uploads) {
        this.inspector = inspector;
        this.uploads = uploads;
    }

    FileInspection of(String storedName) throws IOException, UnreadableFileException {
        synchronized (kept) {
            var known = kept.remove(storedName);
            if (known != null) {
                kept.put(storedName, known);
                return known;
            }
        }
        var inspection = inspector.inspect(uploads.path(storedName));
        synchronized (kept) {
            kept.put(storedName, inspection);
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return inspection;
    }
}

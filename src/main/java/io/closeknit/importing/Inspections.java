package io.closeknit.importing;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Inspects uploaded files and remembers the last few, because the mapping page asks again and again. */
@Component
class Inspections {
    private static final int KEPT = 8;

    private final FileInspector inspector;
    private final Uploads uploads;
    private final Map<Key, FileInspection> kept = new LinkedHashMap<>();

    Inspections(FileInspector inspector, Uploads uploads) {
        this.inspector = inspector;
        this.uploads = uploads;
    }

    private record Key(String storedName, @Nullable String sheet) {}

    /** The file of a run; of a workbook the sheet that was chosen for it. */
    FileInspection of(ImportRun run) throws IOException, UnreadableFileException {
        return of(run.storedName(), MappingJson.sheet(run.mapping()));
    }

    /** @param sheet of a workbook; null takes the one that looks most like creators */
    FileInspection of(String storedName, @Nullable String sheet) throws IOException, UnreadableFileException {
        var key = new Key(storedName, sheet);
        synchronized (kept) {
            var known = kept.remove(key);
            if (known != null) {
                kept.put(key, known);
                return known;
            }
        }
        var inspection = inspector.inspect(uploads.path(storedName), sheet);
        synchronized (kept) {
            kept.put(key, inspection);
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return inspection;
    }
}

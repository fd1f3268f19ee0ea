package io.closeknit.importing;

import io.closeknit.importing.ImportRuns.Note;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the notes of many records: equal ones are counted, with the lines they are in. */
final class NoteTally {
    private final Map<String, Note> notes = new LinkedHashMap<>();

    void add(List<Translated.Note> ofRecord, long line) {
        for (var note : ofRecord) {
            var key = note.column() + '\n' + note.value() + '\n' + note.reason();
            var known = notes.get(key);
            if (known == null) {
                var lines = new ArrayList<Long>();
                lines.add(line);
                notes.put(key, new Note(note.column(), note.value(), note.became(), note.reason(), line, 1, lines));
            } else {
                if (known.lines().size() < ImportRuns.MOST_LINES) {
                    known.lines().add(line);
                }
                notes.put(
                        key,
                        new Note(
                                known.column(),
                                known.value(),
                                known.became(),
                                known.reason(),
                                known.firstLine(),
                                known.occurrences() + 1,
                                known.lines()));
            }
        }
    }

    List<Note> notes() {
        return List.copyOf(notes.values());
    }
}

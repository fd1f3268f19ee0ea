package io.closeknit.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/** An Excel workbook: which sheets it has, and their rows. */
final class WorkbookFile {
    /** The words of a workbook are held in memory while it is read: so many bytes of them at most. */
    private static final long MOST_WORDS = 512L << 20;

    private static final long MOST_BYTES = 8L << 30;
    private static final long FREE_BYTES = 64L << 20;
    private static final int MOST_RATIO = 200;

    private WorkbookFile() {}

    /** Whether a name inside a zip archive says that the archive is an office document. */
    static boolean isPart(String name) {
        return name.equals("[Content_Types].xml")
                || name.startsWith("xl/")
                || name.equals("mimetype")
                || name.equals("content.xml");
    }

    /** Whether the bytes begin as those of a zip archive do. */
    static boolean isZip(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
    }

    /** @param hidden whether Excel does not show it */
    record SheetName(String name, boolean hidden) {}

    /**
     * The sheets in their order.
     *
     * @throws UnreadableFileException where it is no workbook that can be read
     */
    static List<SheetName> sheets(Path file) throws IOException, UnreadableFileException {
        check(file);
        try (var workbook = open(file);
                var sheets = workbook.getSheets()) {
            var names = new ArrayList<SheetName>();
            sheets.forEach(sheet ->
                    names.add(new SheetName(sheet.getName(), sheet.getVisibility() != SheetVisibility.VISIBLE)));
            if (names.isEmpty()) {
                throw new UnreadableFileException(Sentence.of("importing.file.workbookEmpty"));
            }
            return names;
        } catch (RuntimeException e) {
            throw new UnreadableFileException(Sentence.of("importing.file.damagedWorkbook"));
        }
    }

    /** The rows of one sheet. */
    static RecordReader rows(Path file, String sheet) throws IOException, UnreadableFileException {
        ReadableWorkbook workbook;
        try {
            workbook = open(file);
        } catch (RuntimeException e) {
            throw new UnreadableFileException(Sentence.of("importing.file.damagedWorkbook"));
        }
        try {
            var found = find(workbook, sheet);
            if (found == null) {
                throw new UnreadableFileException(Sentence.of("importing.file.noSheet", sheet));
            }
            return new WorkbookRecords(workbook, found);
        } catch (IOException | UnreadableFileException e) {
            workbook.close();
            throw e;
        } catch (RuntimeException e) {
            workbook.close();
            throw new UnreadableFileException(Sentence.of("importing.file.damagedWorkbook"));
        }
    }

    private static @org.jspecify.annotations.Nullable Sheet find(ReadableWorkbook workbook, String name) {
        try (var sheets = workbook.getSheets()) {
            return sheets.filter(sheet -> sheet.getName().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static ReadableWorkbook open(Path file) throws IOException, UnreadableFileException {
        try {
            return new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
        } catch (ZipException | java.io.EOFException e) {
            throw new UnreadableFileException(Sentence.of("importing.file.damagedWorkbook"));
        } catch (IOException e) {
            if (java.nio.file.Files.isReadable(file)) { // the library wraps what it cannot parse
                throw new UnreadableFileException(Sentence.of("importing.file.damagedWorkbook"));
            }
            throw e;
        }
    }

    /** What the archive says of its sizes can be a lie, so the parts that are kept in memory are counted. */
    private static void check(Path file) throws IOException, UnreadableFileException {
        var most = Math.min(MOST_BYTES, Math.max(FREE_BYTES, java.nio.file.Files.size(file) * MOST_RATIO));
        try (var zip = new ZipFile(file.toFile())) {
            if (zip.getEntry("xl/workbook.xml") == null) {
                throw new UnreadableFileException(Sentence.of(
                        zip.getEntry("xl/workbook.bin") != null
                                ? "importing.file.binaryWorkbook"
                                : zip.getEntry("content.xml") != null
                                        ? "importing.file.openDocument"
                                        : "importing.file.otherDocument"));
            }
            var buffer = new byte[1 << 16];
            var all = 0L;
            var entries = zip.entries();
            while (entries.hasMoreElements()) {
                var entry = entries.nextElement();
                var inMemory = !entry.getName().startsWith("xl/worksheets/")
                        && !entry.getName().startsWith("xl/media/");
                var part = 0L;
                try (var in = zip.getInputStream(entry)) {
                    for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        part += read;
                        all += read;
                        if (all > most || inMemory && part > MOST_WORDS) {
                            throw new UnreadableFileException(Sentence.of("importing.file.archiveLarge"));
                        }
                    }
                }
            }
        } catch (ZipException | java.io.EOFException | IllegalArgumentException e) {
            throw new UnreadableFileException(Sentence.of("importing.file.damagedWorkbook"));
        }
    }
}

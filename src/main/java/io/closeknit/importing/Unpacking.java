package io.closeknit.importing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Takes apart what was sent: zip and gzip become the files inside, each stored on its own. What it unpacks is bounded
 * by size, by the ratio to what was sent, and by the number of files, so that a bomb costs a sentence.
 */
@Component
class Unpacking {
    private static final int DEEPEST = 3;

    private final Uploads uploads;
    private final Limits limits;

    @Autowired
    Unpacking(Uploads uploads) {
        this(uploads, new Limits(8L << 30, 64L << 20, 200, 100));
    }

    Unpacking(Uploads uploads, Limits limits) {
        this.uploads = uploads;
        this.limits = limits;
    }

    /**
     * @param bytes at most, all files of an upload together
     * @param freeBytes up to here the ratio does not matter
     * @param ratio of unpacked to packed bytes, at most
     * @param files in an archive, at most
     */
    record Limits(long bytes, long freeBytes, int ratio, int files) {}

    /** A file that came out. @param stored its name among the uploads */
    record Part(String stored, String name) {}

    /**
     * A file that is of no use. It can wait in a session for the page that says so.
     *
     * @param reason a {@link Sentence}, or its wording
     */
    record Refused(String name, String reason) implements Serializable {}

    /** @param parts what can be looked at; at least one unless something was refused */
    record Unpacked(List<Part> parts, List<Refused> refused) {}

    /**
     * Unpacks a stored file. An archive is removed once its files are there; anything else is given back as it is.
     *
     * @throws UnreadableFileException where nothing comes out; the stored file is still there then
     */
    Unpacked unpack(String stored, String name) throws IOException, UnreadableFileException {
        var parts = new ArrayList<Part>();
        var refused = new ArrayList<Refused>();
        try {
            unpack(stored, name, 0, new Budget(Files.size(uploads.path(stored))), parts, refused);
        } catch (IOException | UnreadableFileException | RuntimeException e) {
            for (var part : parts) {
                if (!part.stored().equals(stored)) {
                    uploads.remove(part.stored());
                }
            }
            throw e;
        }
        if (parts.isEmpty() && refused.isEmpty()) {
            throw new UnreadableFileException(Sentence.of("importing.file.archiveEmpty"));
        }
        return new Unpacked(parts, refused);
    }

    private void unpack(String stored, String name, int depth, Budget budget, List<Part> parts, List<Refused> refused)
            throws IOException, UnreadableFileException {
        switch (kind(uploads.path(stored))) {
            case PLAIN -> parts.add(new Part(stored, name));
            case GZIP -> {
                if (depth == DEEPEST) {
                    throw new UnreadableFileException(Sentence.of("importing.file.archiveDeep"));
                }
                String inside;
                try (var in = new GZIPInputStream(Files.newInputStream(uploads.path(stored)), 1 << 16)) {
                    inside = store(in, budget);
                } catch (ZipException | EOFException e) {
                    throw new UnreadableFileException(Sentence.of("importing.file.damagedArchive"));
                }
                unpackInside(stored, inside, name.replaceFirst("(?i)\\.(gz|gzip)$", ""), depth, budget, parts, refused);
            }
            case ZIP -> {
                if (depth == DEEPEST) {
                    throw new UnreadableFileException(Sentence.of("importing.file.archiveDeep"));
                }
                unzip(stored, depth, budget, parts, refused);
                uploads.remove(stored);
            }
        }
    }

    private void unpackInside(
            String stored,
            String inside,
            String name,
            int depth,
            Budget budget,
            List<Part> parts,
            List<Refused> refused)
            throws IOException, UnreadableFileException {
        try {
            unpack(inside, name, depth + 1, budget, parts, refused);
        } catch (IOException | UnreadableFileException | RuntimeException e) {
            uploads.remove(inside);
            throw e;
        }
        uploads.remove(stored);
    }

    private void unzip(String stored, int depth, Budget budget, List<Part> parts, List<Refused> refused)
            throws IOException, UnreadableFileException {
        try (var zip = open(uploads.path(stored))) {
            var files = zip.stream()
                    .filter(entry -> !entry.isDirectory() && !isOfNoConcern(entry.getName()))
                    .toList();
            if (files.size() > limits.files) {
                throw new UnreadableFileException(
                        Sentence.of("importing.file.archiveMany", files.size(), limits.files));
            }
            for (var entry : files) {
                var name = lastPart(entry.getName());
                String inside;
                try (var in = zip.getInputStream(entry)) {
                    inside = store(in, budget);
                } catch (ZipException | EOFException | IllegalArgumentException e) {
                    refused.add(new Refused(name, Sentence.of("importing.file.damagedEntry")));
                    continue;
                }
                try {
                    unpack(inside, name, depth + 1, budget, parts, refused);
                } catch (UnreadableFileException e) {
                    uploads.remove(inside);
                    if (budget.isSpent()) {
                        throw e;
                    }
                    refused.add(new Refused(name, e.sentence()));
                }
            }
        } catch (ZipException | EOFException e) {
            throw new UnreadableFileException(Sentence.of("importing.file.damagedArchive"));
        }
    }

    private static ZipFile open(Path file) throws IOException, UnreadableFileException {
        try {
            return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException | IllegalArgumentException e) {
            try {
                return new ZipFile(file.toFile(), Charset.forName("windows-1252")); // names of an old packer
            } catch (ZipException | IllegalArgumentException again) {
                throw new UnreadableFileException(Sentence.of("importing.file.damagedArchive"));
            }
        }
    }

    private String store(InputStream in, Budget budget) throws IOException, UnreadableFileException {
        var bounded = new BoundedStream(in, budget);
        try {
            return uploads.store(bounded);
        } catch (TooLargeException e) {
            throw new UnreadableFileException(Sentence.of("importing.file.archiveLarge"));
        }
    }

    private enum Kind {
        PLAIN,
        GZIP,
        ZIP
    }

    private static Kind kind(Path file) throws IOException, UnreadableFileException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(4);
        }
        if (head.length > 2 && (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B) {
            return Kind.GZIP;
        }
        if (head.length == 4 && head[0] == 'P' && head[1] == 'K' && (head[2] == 3 || head[2] == 5)) {
            try (var zip = open(file)) {
                return zip.stream().map(ZipEntry::getName).anyMatch(WorkbookFile::isPart) ? Kind.PLAIN : Kind.ZIP;
            }
        }
        return Kind.PLAIN;
    }

    /** What macOS, Windows and people put beside the files. */
    private static boolean isOfNoConcern(String path) {
        var name = lastPart(path).toLowerCase(Locale.ROOT);
        return path.startsWith("__MACOSX/")
                || name.isEmpty()
                || name.startsWith(".")
                || name.equals("thumbs.db")
                || name.equals("desktop.ini")
                || name.startsWith("~$")
                || name.matches("(readme|licen[cs]e|manifest)(\\.(md|txt))?");
    }

    private static String lastPart(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** What may still be unpacked. */
    private final class Budget {
        private final long most;
        private long used;

        Budget(long packed) {
            this.most = Math.min(limits.bytes, Math.max(limits.freeBytes, packed * limits.ratio));
        }

        void use(int bytes) throws TooLargeException {
            used += bytes;
            if (isSpent()) {
                throw new TooLargeException();
            }
        }

        boolean isSpent() {
            return used > most;
        }
    }

    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class BoundedStream extends InputStream {
        private final InputStream in;
        private final Budget budget;

        BoundedStream(InputStream in, Budget budget) {
            this.in = in;
            this.budget = budget;
        }

        @Override
        public int read() throws IOException {
            var b = in.read();
            if (b >= 0) {
                budget.use(1);
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var read = in.read(buffer, offset, length);
            if (read > 0) {
                budget.use(read);
            }
            return read;
        }
    }
}

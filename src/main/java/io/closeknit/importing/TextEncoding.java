package io.closeknit.importing;

import java.io.BufferedInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the bytes of a file are letters.
 *
 * @param charset name of the character set
 * @param skip bytes of the byte order mark at the start
 * @param guessed the bytes are not valid UTF-8 and nothing says what they are, so Windows-1252 was taken
 * @param unreadable byte sequences that are not valid where the rest is; read as U+FFFD
 */
record TextEncoding(String charset, int skip, boolean guessed, long unreadable) {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int BUFFER = 1 << 16;

    /** Reads the whole file once, in constant memory. */
    static TextEncoding detect(Path file) throws IOException, UnreadableFileException {
        try (var in = Files.newInputStream(file)) {
            var head = in.readNBytes(BUFFER);
            refuseKnownBinary(head);
            if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
                return new TextEncoding(StandardCharsets.UTF_8.name(), 3, false, 0);
            }
            if (startsWith(head, 0xFF, 0xFE)) {
                return new TextEncoding(StandardCharsets.UTF_16LE.name(), 2, false, 0);
            }
            if (startsWith(head, 0xFE, 0xFF)) {
                return new TextEncoding(StandardCharsets.UTF_16BE.name(), 2, false, 0);
            }
            var utf16 = utf16WithoutMark(head);
            if (utf16 != null) {
                return new TextEncoding(utf16.name(), 0, true, 0);
            }
            refuseControlBytes(head);
        }
        var utf8 = new Utf8Count();
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[BUFFER];
            for (var length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                utf8.add(buffer, length);
            }
            utf8.end();
        }
        // A few broken letters in a UTF-8 file are that; Windows-1252 would spoil all the others.
        return utf8.invalid == 0 || utf8.multiByte > 4 * utf8.invalid
                ? new TextEncoding(StandardCharsets.UTF_8.name(), 0, false, utf8.invalid)
                : new TextEncoding(WINDOWS_1252.name(), 0, true, 0);
    }

    /** The letters of the file, without the byte order mark; what is no letter, and NUL, is U+FFFD. */
    Reader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        in.skipNBytes(skip);
        var decoder = Charset.forName(charset)
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        return new WithoutNul(new InputStreamReader(in, decoder));
    }

    private static void refuseKnownBinary(byte[] head) throws UnreadableFileException {
        if (head.length == 0) {
            throw new UnreadableFileException(Sentence.of("importing.file.empty"));
        }
        if (startsWith(head, 'P', 'K', 3, 4) || startsWith(head, 'P', 'K', 5, 6)) {
            throw new UnreadableFileException(Sentence.of("importing.file.damagedArchive"));
        }
        if (startsWith(head, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw new UnreadableFileException(Sentence.of("importing.file.oldWorkbook"));
        }
        if (startsWith(head, 0x1F, 0x8B)) {
            throw new UnreadableFileException(Sentence.of("importing.file.damagedArchive"));
        }
        if (startsWith(head, '%', 'P', 'D', 'F')) {
            throw new UnreadableFileException(Sentence.of("importing.file.pdf"));
        }
        if (startsWith(head, 0x89, 'P', 'N', 'G')
                || startsWith(head, 0xFF, 0xD8, 0xFF)
                || startsWith(head, 'G', 'I', 'F', '8')) {
            throw new UnreadableFileException(Sentence.of("importing.file.picture"));
        }
    }

    private static void refuseControlBytes(byte[] head) throws UnreadableFileException {
        var control = 0;
        for (var b : head) {
            if (b >= 0 && b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f') {
                control++;
            }
        }
        if (control > 8 && control * 50 > head.length) {
            throw new UnreadableFileException(Sentence.of("importing.file.noText"));
        }
    }

    /** Text of the Latin alphabet in UTF-16 has a zero in every other byte. */
    private static @Nullable Charset utf16WithoutMark(byte[] head) {
        var even = 0;
        var odd = 0;
        for (var i = 0; i + 1 < head.length; i += 2) {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }
        var pairs = head.length / 2;
        if (pairs < 4) {
            return null;
        }
        if (odd * 10 > pairs * 6 && even * 20 < pairs) {
            return StandardCharsets.UTF_16LE;
        }
        return even * 10 > pairs * 6 && odd * 20 < pairs ? StandardCharsets.UTF_16BE : null;
    }

    private static boolean startsWith(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (var i = 0; i < magic.length; i++) {
            if ((head[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Counts sequences of more than one byte that are UTF-8, and what is not. */
    private static final class Utf8Count {
        private long multiByte;
        private long invalid;
        private int expected;
        private int seen;
        private int lowest;
        private int highest;

        void add(byte[] bytes, int length) {
            for (var i = 0; i < length; i++) {
                next(bytes[i] & 0xFF);
            }
        }

        void end() {
            if (seen < expected) {
                invalid++;
            }
        }

        private void next(int b) {
            if (seen < expected) {
                if (b >= lowest && b <= highest) {
                    lowest = 0x80;
                    highest = 0xBF;
                    seen++;
                    if (seen == expected) {
                        multiByte++;
                        seen = 0;
                        expected = 0;
                    }
                    return;
                }
                invalid++;
                seen = 0;
                expected = 0;
            }
            start(b);
        }

        /** The bounds of the second byte leave out overlong forms, surrogates and what lies above U+10FFFF (RFC 3629). */
        private void start(int b) {
            lowest = 0x80;
            highest = 0xBF;
            if (b < 0x80) {
                return;
            }
            if (b >= 0xC2 && b <= 0xDF) {
                expected = 1;
            } else if (b >= 0xE0 && b <= 0xEF) {
                expected = 2;
                lowest = b == 0xE0 ? 0xA0 : 0x80;
                highest = b == 0xED ? 0x9F : 0xBF;
            } else if (b >= 0xF0 && b <= 0xF4) {
                expected = 3;
                lowest = b == 0xF0 ? 0x90 : 0x80;
                highest = b == 0xF4 ? 0x8F : 0xBF;
            } else {
                invalid++;
            }
        }
    }

    /** PostgreSQL keeps no NUL in text, and nobody means one. */
    private static final class WithoutNul extends FilterReader {
        WithoutNul(Reader in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var c = super.read();
            return c == 0 ? '\uFFFD' : c;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            var read = super.read(buffer, offset, length);
            for (var i = offset; i < offset + read; i++) {
                if (buffer[i] == 0) {
                    buffer[i] = '\uFFFD';
                }
            }
            return read;
        }
    }
}

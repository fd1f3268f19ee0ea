package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTests {
    private static final long MUCH = 1L << 40;

    @TempDir
    private Path folder;

    private long left = MUCH;

    private final Uploads uploads() {
        return new Uploads(folder) {
            @Override
            long usable() {
                return left;
            }
        };
    }

    @Test
    void aFileIsThereAsItWasSent() throws Exception {
        var bytes = new byte[20 << 20];
        Arrays.fill(bytes, (byte) 7);
        var uploads = uploads();
        var name = uploads.store(new ByteArrayInputStream(bytes));
        assertThat(Files.readAllBytes(uploads.path(name))).isEqualTo(bytes);
    }

    @Test
    void aDiskThatBecomesFullWhileAFileComesIsSaidAndNothingOfItStays() throws Exception {
        var uploads = uploads();
        var endless = new InputStream() {
            private long sent;

            @Override
            public int read() {
                throw new AssertionError("by the buffer");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                sent += length;
                left = MUCH - sent * 50_000; // others write too
                return length;
            }
        };
        assertThatThrownBy(() -> uploads.store(endless))
                .isInstanceOfSatisfying(
                        UnreadableFileException.class,
                        problem -> assertThat(Wording.of(problem.sentence())).contains("too little room"));
        assertThat(files()).isZero();

        left = 0;
        assertThatThrownBy(() -> uploads.store(new ByteArrayInputStream(new byte[1])))
                .as("not even a small one: the database needs what is left")
                .isInstanceOf(UnreadableFileException.class);
        assertThat(files()).isZero();
    }

    private long files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.count();
        }
    }
}

package io.closeknit.access;

import io.closeknit.database.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The keys of this installation, which are kept outside of the database: whoever reads the database, or a dump of it, can
 * neither make somebody's codes nor take over a session.
 *
 * <p>From {@code closeknit.access.keys}, base64 of 32 bytes or more each, separated by commas; or from the file
 * {@value #FILE} in the data folder, which is made where there is none. The first seals and signs, the others only open
 * what was sealed or signed with them, so that a key can be replaced.
 */
@Component
class InstallationKeys {
    static final String FILE = "closeknit.key";
    private static final int KEY_BYTES = 32;

    private static final byte VERSION = 1;
    private static final int NAME_BYTES = 8;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int OVERHEAD = 1 + NAME_BYTES + NONCE_BYTES + TAG_BYTES;

    private final List<Key> keys;

    @Autowired
    InstallationKeys(@Value("${closeknit.access.keys:}") String configured, DataDirectory data) {
        this(configured.isBlank() ? fromFile(data.resolve(FILE)) : configured);
    }

    /** @param written base64, separated by commas or lines */
    InstallationKeys(String written) {
        this.keys = Arrays.stream(written.split("[,\\s]+"))
                .filter(key -> !key.isEmpty())
                .map(InstallationKeys::key)
                .toList();
        if (keys.isEmpty()) {
            throw unusable();
        }
    }

    /**
     * Seals with AES-256-GCM.
     *
     * @param about whose secret it is, which must be said again to open it: sealed bytes are of no use in another row
     */
    byte[] seal(byte[] secret, String about) {
        var key = keys.getFirst();
        var nonce = Secrets.bytes(NONCE_BYTES);
        var sealed = ByteBuffer.allocate(secret.length + OVERHEAD);
        sealed.put(VERSION).put(key.name()).put(nonce);
        sealed.put(cipher(Cipher.ENCRYPT_MODE, key, nonce, about, secret)
                .orElseThrow(() -> new IllegalStateException("AES-GCM always encrypts")));
        return sealed.array();
    }

    /** @return empty where none of our keys opens it: it was sealed with another, or for something else, or changed */
    Optional<byte[]> open(byte[] sealed, String about) {
        if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        var name = new byte[NAME_BYTES];
        var nonce = new byte[NONCE_BYTES];
        bytes.get(name).get(nonce);
        var secret = new byte[bytes.remaining()];
        bytes.get(secret);
        return keys.stream()
                .filter(key -> Arrays.equals(key.name(), name))
                .findFirst()
                .flatMap(key -> cipher(Cipher.DECRYPT_MODE, key, nonce, about, secret));
    }

    /** Whether it is sealed with the key that seals now. */
    boolean sealedWithTheFirst(byte[] sealed) {
        return sealed.length >= OVERHEAD
                && sealed[0] == VERSION
                && Arrays.equals(sealed, 1, 1 + NAME_BYTES, keys.getFirst().name(), 0, NAME_BYTES);
    }

    /** The text with what proves that it comes from here, in the alphabet of addresses and cookies. */
    String signed(String text) {
        return text + "." + signature(keys.getFirst(), text);
    }

    /** @return the text that was given to {@link #signed}; empty where it was not signed here, or was changed */
    Optional<String> verified(String signed) {
        var end = signed.lastIndexOf('.');
        if (end < 0) {
            return Optional.empty();
        }
        var text = signed.substring(0, end);
        var signature = signed.substring(end + 1).getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                        .anyMatch(key -> MessageDigest.isEqual(
                                signature, signature(key, text).getBytes(StandardCharsets.UTF_8)))
                ? Optional.of(text)
                : Optional.empty();
    }

    private static String signature(Key key, String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac(key.signing(), text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<byte[]> cipher(int mode, Key key, byte[] nonce, String about, byte[] bytes) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode, new SecretKeySpec(key.sealing(), "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(bytes));
        } catch (javax.crypto.AEADBadTagException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    private static byte[] mac(byte[] key, byte[] text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC with SHA-256", e);
        }
    }

    private static Key key(String written) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(written.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException _) {
            throw unusable();
        }
        if (bytes.length < KEY_BYTES) {
            throw unusable();
        }
        return new Key(
                Arrays.copyOf(mac(bytes, "name".getBytes(StandardCharsets.UTF_8)), NAME_BYTES),
                mac(bytes, "sealing".getBytes(StandardCharsets.UTF_8)),
                mac(bytes, "signing".getBytes(StandardCharsets.UTF_8)));
    }

    /** Says nothing of what was there: that may be half a key. */
    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException(
                "closeknit.access.keys, or " + FILE + " in the data folder, must hold base64 of"
                        + " at least " + KEY_BYTES
                        + " random bytes, several separated by commas. Make one with: openssl rand -base64 "
                        + KEY_BYTES);
    }

    private static String fromFile(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** First complete, then in its place: a start that is broken off leaves no half a key. */
    private static void make(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        var unfinished = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished,
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0]);
        Files.writeString(unfinished, Base64.getEncoder().encodeToString(Secrets.bytes(KEY_BYTES)) + "\n");
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Three keys from one, so that none is used for two things.
     *
     * @param name tells keys apart and says nothing about them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Key(byte[] name, byte[] sealing, byte[] signing) {
        @Override
        public String toString() {
            return "Key";
        }
    }
}

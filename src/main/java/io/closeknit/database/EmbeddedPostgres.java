package io.closeknit.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * A private PostgreSQL server whose life is that of this JVM and whose data stays.
 *
 * <p>Durable as PostgreSQL is by default. It listens on the loopback address only, on a free port. When the JVM goes,
 * even by {@code kill -9}, a watchdog in a session of its own sees its pipe close and stops the server; should both be
 * killed, the next start stops what was left over before it begins. A second JVM on the same folder is refused.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** Owns the schema; migrations only. */
    public static final String OWNER = "closeknit_owner";
    /** What the application runs as; owns nothing and is subject to row-level security. */
    public static final String APP = "closeknit_app";

    private static final String DATABASE = "closeknit";
    private static final String SUPERUSER = "closeknit_superuser";
    /** The user id of nobody. */
    private static final int NOBODY = 65_534;

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final Path home;
    private final Path bin;
    private final Path data;
    private final int port;
    private final List<String> asServerUser;
    private final FileChannel lock;
    private final Process watchdog;

    /**
     * Starts the server, creating its data on the first start.
     *
     * @param home folder for binaries, data and passwords; created where missing
     * @param settings PostgreSQL settings by name, such as {@code shared_buffers}
     * @throws DatabaseInUseException if another JVM uses the folder
     * @throws IOException if the server cannot be unpacked or started; the message names the log to read
     */
    public static EmbeddedPostgres start(Path home, Map<String, String> settings)
            throws IOException, InterruptedException {
        return new EmbeddedPostgres(home, settings);
    }

    private EmbeddedPostgres(Path wanted, Map<String, String> settings) throws IOException, InterruptedException {
        var started = System.nanoTime();
        home = Files.createDirectories(wanted.toAbsolutePath().normalize());
        lock = takeLock(home);
        try {
            bin = unpack();
            asServerUser = runsAsRoot() ? notAsRoot() : List.of();
            data = home.resolve("db-" + majorVersion());
            var fresh = !Files.exists(data.resolve("PG_VERSION"));
            if (fresh) {
                initialise();
            } else {
                stopLeftover();
            }
            port = freePort();
            startServer(settings);
            watchdog = startWatchdog();
            createRolesAndDatabase();
        } catch (IOException | InterruptedException | RuntimeException e) {
            lock.close();
            throw e;
        }
        log.info(
                "Embedded PostgreSQL {} ready on 127.0.0.1:{} in {} ms, data in {}",
                majorVersion(),
                port,
                (System.nanoTime() - started) / 1_000_000,
                data);
    }

    /** The JDBC address of the application's database. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /**
     * The password of a role.
     *
     * @param role {@link #OWNER} or {@link #APP}
     */
    public String password(String role) {
        try {
            return passwordOf(role);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Where the binaries are, for {@code pg_dump} and {@code psql}. */
    public Path binaries() {
        return bin;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "-t", "110", "stop");
        watchdog.getOutputStream().close();
        lock.close();
        log.info("Embedded PostgreSQL stopped");
    }

    private static FileChannel takeLock(Path home) throws IOException {
        var channel = FileChannel.open(home.resolve("jvm.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            log.debug("The lock is held in this JVM", e);
        }
        channel.close();
        throw new DatabaseInUseException(home);
    }

    private String majorVersion() throws IOException {
        return Files.readString(bin.resolveSibling("VERSION")).strip().replaceAll("\\..*", "");
    }

    private static boolean runsAsRoot() throws IOException {
        var self = Path.of("/proc/self");
        return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
    }

    /**
     * PostgreSQL refuses to run as root. In a user namespace of its own it does not see that it does; where namespaces are
     * refused, it runs as nobody, who then owns the folder.
     */
    private static List<String> notAsRoot() throws IOException, InterruptedException {
        var namespace = List.of("unshare", "-U");
        return exitValue(namespace, "true") == 0
                ? namespace
                : List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    private static int exitValue(List<String> prefix, String program) throws IOException, InterruptedException {
        var command = new ArrayList<>(prefix);
        command.add(program);
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            log.debug("{} cannot be run", command, e);
            return -1;
        }
    }

    /** Where the server runs as somebody else, what it reads and writes must be theirs. */
    private void handOver(Path path) throws IOException {
        if (asServerUser.isEmpty() || !asServerUser.getFirst().equals("setpriv")) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (var file : files.toList()) {
                Files.setAttribute(file, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private void initialise() throws IOException, InterruptedException {
        deleteRecursively(data); // what an interrupted first start left behind
        var unfinished = home.resolve("initialising");
        deleteRecursively(unfinished);
        passwordOf(SUPERUSER);
        handOver(home);
        run(
                "initdb",
                "-D",
                unfinished.toString(),
                "-U",
                SUPERUSER,
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile(SUPERUSER),
                "--data-checksums");
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Stops the server that a crash left behind, if the one that runs is really ours. */
    private void stopLeftover() throws IOException, InterruptedException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        // Never trust the pid alone: another process may have it by now, and pg_ctl would signal that one.
        var lines = Files.readAllLines(pidFile);
        var pid = lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip());
        var ours = pid > 0
                && ProcessHandle.of(pid)
                        .map(process -> isOurServer(process, pid))
                        .orElse(false);
        if (ours) {
            log.warn("A PostgreSQL left over from a crash still runs on {}: stopping it", data);
            run("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "-t", "110", "stop");
        } else {
            Files.deleteIfExists(pidFile);
        }
    }

    private boolean isOurServer(ProcessHandle process, long pid) {
        try {
            var commandLine = Path.of("/proc/" + pid + "/cmdline");
            if (Files.exists(commandLine)) {
                var words = Files.readString(commandLine).split("\0");
                return words[0].endsWith("/postgres") && List.of(words).contains(data.toString());
            }
        } catch (IOException e) {
            return false; // it ended meanwhile
        }
        return process.info().command().map(c -> c.startsWith(home.toString())).orElse(false);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void startServer(Map<String, String> settings) throws IOException, InterruptedException {
        handOver(home);
        var options = new StringBuilder("-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''");
        settings.forEach((name, value) ->
                options.append(" -c ").append(name).append("='").append(value).append("'"));
        run(
                "pg_ctl",
                "-D",
                data.toString(),
                "-l",
                home.resolve("server.log").toString(),
                "-w",
                "-t",
                "110",
                "-o",
                options.toString(),
                "start");
    }

    private Process startWatchdog() throws IOException {
        var command = new ArrayList<String>();
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")) {
            command.add("setsid"); // or a kill of our process group would take the watchdog too
        }
        command.addAll(asServerUser);
        command.addAll(List.of(
                "/bin/sh",
                "-c",
                "trap '' INT TERM HUP; cat >/dev/null; exec \"$1\" -D \"$2\" -m fast -w stop >/dev/null 2>&1",
                "closeknit-watchdog",
                bin.resolve("pg_ctl").toString(),
                data.toString()));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void createRolesAndDatabase() throws IOException {
        try (var connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", SUPERUSER, passwordOf(SUPERUSER))) {
            for (var role : List.of(OWNER, APP)) {
                if (isMissing(connection, "select 1 from pg_roles where rolname = '" + role + "'")) {
                    execute(
                            connection,
                            "create role " + role + " login nosuperuser nobypassrls nocreatedb nocreaterole password '"
                                    + passwordOf(role) + "'");
                }
            }
            if (isMissing(connection, "select 1 from pg_database where datname = '" + DATABASE + "'")) {
                execute(connection, "create database " + DATABASE + " owner " + OWNER);
            }
        } catch (SQLException e) {
            throw new IOException("The embedded PostgreSQL did not accept its set-up: " + e.getMessage(), e);
        }
    }

    private static boolean isMissing(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Path passwordFile(String role) {
        return home.resolve(role + ".password");
    }

    private String passwordOf(String role) throws IOException {
        var file = passwordFile(role);
        if (!Files.exists(file)) {
            var bytes = new byte[24];
            new SecureRandom().nextBytes(bytes);
            var unfinished = home.resolve(role + ".password.new");
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    unfinished, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    private Path unpack() throws IOException {
        var resource = "/postgres-" + platform() + ".txz";
        var url = EmbeddedPostgres.class.getResource(resource);
        if (url == null) {
            throw new IOException("No PostgreSQL binaries for this platform (" + resource
                    + ") are on the class path. Give a PostgreSQL of your own with spring.datasource.url.");
        }
        var version = url.toString().replaceAll(".*-([0-9]+\\.[0-9.]+[0-9])\\.jar.*", "$1");
        var folder = home.resolve("server-" + version);
        if (Files.exists(folder.resolve("VERSION"))) {
            return folder.resolve("bin");
        }
        deleteRecursively(folder);
        var unfinished = Files.createTempDirectory(home, "unpacking");
        try (var archive = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(url.openStream())))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                extract(archive, entry, unfinished);
            }
        }
        Files.writeString(unfinished.resolve("VERSION"), version);
        // mkdtemp makes 0700, and the server runs as a mapped user where we are root
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        return folder.resolve("bin");
    }

    private static void extract(TarArchiveInputStream archive, TarArchiveEntry entry, Path folder) throws IOException {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("The archive names a path outside of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(archive, target);
            if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + target + " executable");
            }
        }
    }

    private static String platform() {
        var arm = System.getProperty("os.arch").matches("aarch64|arm64");
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return (os.contains("mac") ? "darwin" : "linux") + (arm ? "-arm_64" : "-x86_64");
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(asServerUser);
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        var commandLog = home.resolve("command.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(commandLog.toFile()))
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroy();
            throw new IOException(program + " did not end in 120 s, see " + commandLog);
        }
        if (process.exitValue() != 0) {
            throw new IOException(program + " failed (" + process.exitValue() + "), see " + commandLog + " and "
                    + home.resolve("server.log"));
        }
    }

    private static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

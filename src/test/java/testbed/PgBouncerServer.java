package testbed;

import embedded.Database;
import embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** A real PgBouncer before a database, which lets in whoever comes and goes on as the database's user. */
public final class PgBouncerServer implements AutoCloseable {

    private final Path directory;
    private final Process process;
    private final int port = Ports.free();

    /** Whether tests with it are to run: on a machine of developers it may be absent, where all tests count it may not. */
    public static boolean isThere() {
        return "true".equals(System.getenv("CI")) || program() != null;
    }

    private static Path program() {
        return Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer",
                "/opt/homebrew/bin/pgbouncer").map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
    }

    /** @param mode {@code transaction} or {@code session} */
    public PgBouncerServer(Database database, String mode) {
        try {
            // It doesn't run as root, and reads this as another user then.
            directory = Files.createTempDirectory("pgbouncer", PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwxr-xr-x")));
            Path settings = Files.writeString(directory.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=127.0.0.1 port=%d user=%s password=%s
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = any
                    pool_mode = %s
                    default_pool_size = 20
                    ignore_startup_parameters = extra_float_digits,options
                    """.formatted(database.port(), database.user(), database.password(), port, mode));
            List<String> command = new ArrayList<>(List.of(String.valueOf(program())));
            if ("root".equals(System.getProperty("user.name"))) {
                command.addAll(List.of("-u", "nobody"));
            }
            command.add(settings.toString());
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException("no PgBouncer (Debian: apt-get install pgbouncer)", e);
        }
        Awaitility.await("PgBouncer, which says what it lacks in " + directory.resolve("log")).until(this::listens);
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A database's JDBC URL by way of it. */
    public String url(String direct) {
        return direct.replaceFirst("127.0.0.1:\\d+", "127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            FileSystemUtils.deleteRecursively(directory);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

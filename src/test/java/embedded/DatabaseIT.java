package embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseIT {

    @TempDir
    private static Path ofTheRunningOne;
    private static Database running;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        running = Database.start(ofTheRunningOne, 0);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void aCommitReachesTheDisk() throws SQLException {
        assertThat(running.show("fsync")).isEqualTo("on");
        assertThat(running.show("synchronous_commit")).isEqualTo("on");
        assertThat(running.show("full_page_writes")).isEqualTo("on");
    }

    @Test
    void rowsSurviveARestart() throws SQLException {
        try (Database database = Database.start(directory, 0)) {
            execute(database, "CREATE TABLE drink (name text)");
            execute(database, "INSERT INTO drink VALUES ('latte')");
        }
        try (Database again = Database.start(directory, 0)) {
            assertThat(read(again, "SELECT name FROM drink")).isEqualTo("latte");
        }
    }

    @Test
    void nobodyIsLetInWithoutThePassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(running.url(), running.user(), "guess"))
                .isInstanceOf(SQLException.class).hasMessageContaining("password authentication failed");
    }

    @Test
    void noServerIsLeftAfterClosing() {
        Database database = Database.start(directory, 0);
        ProcessHandle server = new Postmaster(directory.resolve("data")).running().orElseThrow();
        database.close();
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void aDirectoryInUseIsNotTakenOver() {
        assertThatThrownBy(() -> Database.start(ofTheRunningOne, 0)).hasMessageContaining("in use");
        assertThat(running.createDatabase("still_there")).endsWith("/still_there");
    }

    @Test
    void aServerThatAKilledJvmLeftBehindIsReplaced() throws Exception {
        Process jvm = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Orphans.class.getName(), directory.toString())
                .redirectError(new File(directory.toFile(), "jvm.log")).start();
        try (BufferedReader out = jvm.inputReader()) {
            assertThat(out.lines().anyMatch("ready"::equals)).isTrue();
            ProcessHandle orphan = new Postmaster(directory.resolve("data")).running().orElseThrow();
            jvm.destroyForcibly().waitFor();
            assertThat(orphan.isAlive()).isTrue();

            try (Database database = Database.start(directory, 0)) {
                assertThat(orphan.isAlive()).isFalse();
                assertThat(read(database, "SELECT name FROM drink")).isEqualTo("latte");
            }
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void whatAKilledFirstStartLeftBehindIsMadeAgain() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("postgresql.conf"), "# initdb came this far");
        try (Database database = Database.start(directory, 0)) {
            assertThat(read(database, "SELECT 'up'")).isEqualTo("up");
        }
    }

    @Test
    void halfUnpackedProgramsAreRemovedAndWholeOnesKept() throws Exception {
        Path half = Files.createDirectories(directory.resolve("PG-half/bin"));
        Files.writeString(half.resolve("postgres"), "torn");
        Path whole = Files.createDirectories(directory.resolve("PG-whole"));
        Files.createFile(whole.resolve(".exists"));

        PostgresBinaries.removeHalfUnpacked(directory);

        assertThat(half.getParent()).doesNotExist();
        assertThat(whole).exists();
    }

    /** A JVM that is to be killed: starts a database, commits a row, and waits for its end. */
    static final class Orphans {
        public static void main(String[] arguments) throws Exception {
            Database database = Database.start(Path.of(arguments[0]), 0);
            execute(database, "CREATE TABLE drink (name text)");
            execute(database, "INSERT INTO drink VALUES ('latte')");
            System.out.println("ready");
            Thread.currentThread().join();
        }
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(Database database, String sql) throws SQLException {
        try (Connection connection = connect(database);
             Statement statement = connection.createStatement();
             ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}

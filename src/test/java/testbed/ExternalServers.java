package testbed;

import embedded.Broker;
import embedded.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A broker and a database for programs that run beside this JVM, apart from those of the test bed, with whose hub they
 * would share the consumer groups. Started when first asked for, ended with the JVM.
 */
public final class ExternalServers {

    private static Broker broker;
    private static Database database;

    public static synchronized Broker broker() {
        if (broker == null) {
            broker = Broker.start(Broker.Settings.in(directory("kafka")));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        }
        return broker;
    }

    public static synchronized Database database() {
        if (database == null) {
            database = Database.start(directory("postgresql"), 0);
            Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        }
        return database;
    }

    private static Path directory(String of) {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "ground")), of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExternalServers() {
    }
}

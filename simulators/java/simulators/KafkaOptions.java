package simulators;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;
import simulators.wire.Brokers;

/** Command-line options of a simulator that uses Kafka. */
final class KafkaOptions {

    @Option(names = "--brokers", required = true, paramLabel = "HOST:PORT", description = "Bootstrap servers of Kafka.")
    private String brokers;

    @Option(names = "--kafka", paramLabel = "KEY=VALUE",
            description = "A setting of the Kafka clients, such as security.protocol=SSL; may be given several times.")
    private Map<String, String> settings = new HashMap<>();

    @Option(names = "--kafka-file", paramLabel = "FILE",
            description = "A properties file with such settings; for passwords.")
    private Path file;

    Brokers brokers() {
        Map<String, String> all = new HashMap<>();
        if (file != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("can't read " + file, e);
            }
            properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        }
        all.putAll(settings);
        return new Brokers(brokers, all);
    }
}

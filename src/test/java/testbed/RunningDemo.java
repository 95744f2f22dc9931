package testbed;

import demo.Demo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/** A demo as {@code ./hub demo} runs it, until it is closed. */
public final class RunningDemo implements AutoCloseable {

    private static final int PORTS = 8;

    private final Program program;
    private final String page;

    private RunningDemo(Program program) {
        this.program = program;
        this.page = program.awaitSaying(Pattern.compile("(?m)^ *page +(http\\S+)$"), Duration.ofMinutes(2));
    }

    public static RunningDemo start(Path directory, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--fresh", "--port", String.valueOf(freePorts())));
        arguments.addAll(List.of(options));
        return new RunningDemo(Program.main(Demo.class, Map.of("HUB_DEMO_DIR", directory.toString()),
                arguments.toArray(String[]::new)));
    }

    /** Where it tells a person to look, with a viewer's token. */
    public String page() {
        return page;
    }

    /** By its own way of ending, which ends its database too. */
    @Override
    public void close() {
        program.tellToEnd();
        program.exitWithin(Duration.ofMinutes(1));
    }

    /**
     * The first of as many free ports in a row as a demo takes. They are below those that Linux gives outgoing connections
     * (32768 on): of these one may be taken again, by the demo itself, before its server comes to listen there.
     */
    public static int freePorts() {
        return new Random().ints(10_000, 32_768 - PORTS).filter(RunningDemo::allFree).findFirst().orElseThrow();
    }

    private static boolean allFree(int first) {
        for (int port = first; port < first + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}

package packaged;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import stage.Demo;

/** A demo as {@code ./hub demo} runs it, until it is closed. */
public final class RunningDemo implements AutoCloseable {

    private final Program program;
    private final String page;

    private RunningDemo(Program program) {
        this.program = program;
        this.page = program.awaitSaying(Pattern.compile("(?m)^ *page +(http\\S+)$"), Duration.ofMinutes(2));
    }

    public static RunningDemo start(Path directory, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--fresh", "--port", String.valueOf(DemoIT.freePorts())));
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
}

package it.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import demo.Demo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testbed.Program;
import testbed.RunningDemo;

/** The demo as {@code ./hub demo --seconds} runs it, and the account that it gives at its end. */
@Tag("packaged")
class DemoIT {


    @TempDir
    private Path directory;

    @Test
    void messagesThatComeTwiceAndLateLoseNoOrderAndDoubleNone() {
        try (Program demo = demo("--seconds", "8", "--rate", "20",
                "--fault", "payment:double=0.2@callbacks", "--fault", "payment:delay=0.1@callbacks:1s",
                "--fault", "barista:double=0.2@orders-in", "--fault", "barista:double=0.2@events-out",
                "--fault", "barista:delay=0.2@events-out:500ms", "--fault", "dispatch:double=0.2@changes-in",
                "--fault", "dispatch:double=0.2@events-out", "--fault", "dispatch:delay=0.1@events-out:500ms")) {
            assertThat(demo.exitWithin(Duration.ofMinutes(3))).as("exit of\n" + demo.said()).isZero();

            assertThat(count("acknowledged", demo)).isPositive();
            assertThat(count("settled", demo)).isGreaterThanOrEqualTo(count("acknowledged", demo));
            assertThat(count("LOST", demo)).isZero();
            assertThat(count("DOUBLED", demo)).isZero();
            assertThat(count("UNPAID", demo)).isZero();
            assertThat(count("unsettled", demo)).isZero();
            assertThat(demo.said()).contains("Every order has settled, and once.");
        }
    }

    /** A check that can't fail is none: a barista whom nothing reaches, whichever way, makes the demo fail. */
    @Test
    void ordersThatNeverReachTheBaristaAreNamedAndTheDemoFails() {
        try (Program demo = demo("--seconds", "4", "--rate", "5", "--settle-within", "5s", "--fault",
                "barista:lose=1@orders-in", "--fault", "barista:error-500=1")) {
            assertThat(demo.exitWithin(Duration.ofMinutes(2))).as("exit of\n" + demo.said()).isEqualTo(1);

            assertThat(count("acknowledged", demo)).isPositive();
            assertThat(count("LOST", demo)).isPositive();
            assertThat(demo.said()).containsPattern("LOST +\\d+ +o\\d+-\\d+")
                    .contains("NOT every order has settled once.");
        }
    }

    private Program demo(String... options) {
        List<String> arguments = new ArrayList<>(List.of("--fresh", "--port", String.valueOf(RunningDemo.freePorts())));
        arguments.addAll(List.of(options));
        return Program.main(Demo.class, Map.of("HUB_DEMO_DIR", directory.toString()), arguments.toArray(String[]::new));
    }

    /** A figure of the account that the demo prints at its end. */
    private static long count(String figure, Program demo) {
        Matcher line = Pattern.compile("(?m)^ *" + figure + " +([\\d,]+)").matcher(demo.said());
        assertThat(line.find()).as(figure + " in\n" + demo.said()).isTrue();
        return Long.parseLong(line.group(1).replace(",", ""));
    }
}

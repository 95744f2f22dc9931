package cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** What {@code ./hub routes} says of itself. */
public final class RoutesUsage {

    private RoutesUsage() {
    }

    /** @param command as in {@code apply}; none for the list of commands */
    public static String of(String... command) {
        String[] arguments = Arrays.copyOf(command, command.length + 1);
        arguments[command.length] = "--help";
        StringWriter said = new StringWriter();
        Routes.run(arguments, null, new PrintWriter(said), new PrintWriter(said));
        return said.toString();
    }
}

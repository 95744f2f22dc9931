package launch;

import cli.Routes;
import hub.Hub;
import java.util.Arrays;

/** The main class of {@code lucky-hub.jar}. */
final class Launcher {

    private Launcher() {
    }

    /** {@code routes …} is the command line, and starts no hub; all other arguments are settings of a hub. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("routes")) {
            System.exit(Routes.main(Arrays.copyOfRange(args, 1, args.length)));
        }
        Hub.main(args);
    }
}

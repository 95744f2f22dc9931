package hub;

import cli.Routes;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The integration hub: the order system's side of every arrow. */
@SpringBootApplication(scanBasePackages = {"hub", "routes", "edits"})
@ConfigurationPropertiesScan("hub")
public class Hub {

    /** With {@code routes} as its first argument it is the command line of ops, and no hub is started. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("routes")) {
            System.exit(Routes.main(Arrays.copyOfRange(args, 1, args.length)));
        }
        SpringApplication.run(Hub.class, args);
    }
}

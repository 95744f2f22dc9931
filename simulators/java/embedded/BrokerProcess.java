package embedded;

import java.nio.file.Path;

/**
 * The broker in a JVM of its own, so that it can be killed: its directory, its port, and, when it is to be reached
 * through a proxy too, the proxied port and the proxy's.
 */
public final class BrokerProcess {

    private BrokerProcess() {
    }

    public static void main(String[] arguments) {
        Broker.Settings settings = Broker.Settings.in(Path.of(arguments[0])).onPort(Integer.parseInt(arguments[1]));
        Broker.start(arguments.length == 2 ? settings
                : settings.behindProxy(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3])));
        // Its threads keep the JVM alive until it is killed; nothing ever ends it in order.
    }
}

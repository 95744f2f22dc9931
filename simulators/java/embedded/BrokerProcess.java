package embedded;

import java.nio.file.Path;

/**
 * Main class of a broker in a JVM of its own, so that it can be killed. Arguments: its directory, its port, and, when it
 * is to be reached through a proxy too, the port of the proxied listener and that of the proxy.
 */
public final class BrokerProcess {

    private BrokerProcess() {
    }

    public static void main(String[] arguments) {
        Broker.Settings settings = Broker.Settings.in(Path.of(arguments[0])).onPort(Integer.parseInt(arguments[1]));
        Broker.start(arguments.length == 2 ? settings
                : settings.behindProxy(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3])));
        // The broker's threads keep the JVM alive until it is killed.
    }
}

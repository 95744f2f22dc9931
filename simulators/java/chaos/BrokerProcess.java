package chaos;

import java.nio.file.Path;

import stage.Broker;

/** The broker in a JVM of its own, so that it can be killed: its directory, its port, the proxied port, the proxy's. */
final class BrokerProcess {

    private BrokerProcess() {
    }

    public static void main(String[] arguments) {
        Broker.start(Broker.Settings.in(Path.of(arguments[0])).onPort(Integer.parseInt(arguments[1]))
                .behindProxy(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3])));
        // Its threads keep the JVM alive until it is killed; nothing ever ends it in order.
    }
}

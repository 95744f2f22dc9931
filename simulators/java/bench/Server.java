package bench;

import embedded.JvmProcess;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * One process of a subject.
 *
 * @param port    of its API
 * @param settled address of its counter of settled orders
 */
record Server(JvmProcess process, int port, URI settled) {

    String name() {
        return process.name();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(BenchCluster.HOST, port);
    }

    URI at(String path) {
        return URI.create("http://" + BenchCluster.HOST + ":" + port + path);
    }
}

package bench;

import embedded.JvmProcess;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * One process of what is measured.
 *
 * @param port    of its API, on this machine
 * @param settled where it tells how many orders it has settled since it started
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

package bench;

import java.net.InetSocketAddress;
import java.net.URI;

import stage.Actor;

/**
 * One process of what is measured.
 *
 * @param port    of its API, on this machine
 * @param settled where it tells how many orders it has settled since it started
 */
record Server(Actor process, int port, URI settled) {

    String name() {
        return process.name();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(Cast.HOST, port);
    }

    URI at(String path) {
        return URI.create("http://" + Cast.HOST + ":" + port + path);
    }
}

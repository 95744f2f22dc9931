package chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one address of all hubs: each new connection goes to the next of them, and past one that refuses. It doesn't look
 * whether a hub is well; one that hangs makes its callers wait.
 */
final class RoundRobinProxy implements AutoCloseable {

    private static final int CONNECT_MILLIS = 1_000;

    private final ServerSocket listener;
    private final List<Integer> hubs;
    private final AtomicInteger next = new AtomicInteger();

    /** @param hubs their ports on 127.0.0.1 */
    RoundRobinProxy(List<Integer> hubs) {
        this.hubs = List.copyOf(hubs);
        try {
            listener = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no listener before the hubs", e);
        }
        thread("accepts", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        close(listener);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                thread("connects", () -> connect(client));
            } catch (IOException e) {
                // Closed; or the client left before it was taken.
            }
        }
    }

    private void connect(Socket client) {
        int first = next.getAndIncrement();
        for (int other = 0; other < hubs.size(); other++) {
            Socket hub = new Socket();
            try {
                client.setTcpNoDelay(true);
                hub.setTcpNoDelay(true);
                hub.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(),
                        hubs.get(Math.floorMod(first + other, hubs.size()))), CONNECT_MILLIS);
            } catch (IOException e) {
                close(hub);
                continue;
            }
            thread("answers", () -> pump(hub, client));
            pump(client, hub);
            return;
        }
        close(client);
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
            if (!from.isOutputShutdown()) {
                return;
            }
        } catch (IOException e) {
            // Either side has gone: so does the other.
        }
        close(from);
        close(to);
    }

    private static void close(Closeable one) {
        try {
            one.close();
        } catch (IOException e) {
            // It is as closed as it can be.
        }
    }

    private static void thread(String does, Runnable work) {
        Thread thread = new Thread(work, "front-" + does);
        thread.setDaemon(true);
        thread.start();
    }
}

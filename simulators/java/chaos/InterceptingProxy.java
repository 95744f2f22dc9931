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
import java.util.function.Supplier;

/**
 * Passes connections on to servers of 127.0.0.1, each to the next of them and past one that refuses, and shows the bytes of
 * each to an interceptor that may end it. It doesn't look whether a server is well; one that hangs makes its clients wait.
 */
final class InterceptingProxy implements AutoCloseable {

    /** Sees the bytes of one connection. Each side is seen by a thread of its own. */
    interface Interceptor {

        /** Lets everything pass. */
        Interceptor NONE = new Interceptor() {
            @Override
            public boolean fromClient(byte[] bytes, int length) {
                return true;
            }

            @Override
            public boolean fromServer(byte[] bytes, int length) {
                return true;
            }
        };

        /** @return whether these bytes may go on; if not, both sides are closed and they never arrive */
        boolean fromClient(byte[] bytes, int length);

        /** @return as for {@link #fromClient} */
        boolean fromServer(byte[] bytes, int length);
    }

    @FunctionalInterface
    private interface Side {
        boolean hear(byte[] bytes, int length);
    }

    private static final int CONNECT_MILLIS = 1_000;

    private final ServerSocket listener;
    private final List<Integer> targets;
    private final Supplier<Interceptor> interceptors;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * @param targets      ports of the servers, one or more
     * @param interceptors makes one for each connection
     */
    InterceptingProxy(List<Integer> targets, Supplier<Interceptor> interceptors) {
        this.targets = List.copyOf(targets);
        this.interceptors = interceptors;
        try {
            listener = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for the proxy before " + targets, e);
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
                // The listener was closed, or the client disconnected before it was accepted.
            }
        }
    }

    private void connect(Socket client) {
        int first = next.getAndIncrement();
        for (int other = 0; other < targets.size(); other++) {
            Socket server = new Socket();
            try {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(),
                        targets.get(Math.floorMod(first + other, targets.size()))), CONNECT_MILLIS);
            } catch (IOException e) {
                close(server);
                continue;
            }
            Interceptor interceptor = interceptors.get();
            thread("answers", () -> pump(server, client, interceptor::fromServer));
            pump(client, server, interceptor::fromClient);
            return;
        }
        close(client);
    }

    private static void pump(Socket from, Socket to, Side side) {
        byte[] chunk = new byte[32 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                if (!side.hear(chunk, n)) {
                    throw new IOException("ended on purpose");
                }
                out.write(chunk, 0, n);
            }
            to.shutdownOutput();
            if (!from.isOutputShutdown()) {
                return;
            }
        } catch (IOException e) {
            // One side has closed or was closed on purpose: the other is closed below.
        }
        close(from);
        close(to);
    }

    private static void close(Closeable one) {
        try {
            one.close();
        } catch (IOException e) {
            // Nothing more can be done.
        }
    }

    private void thread(String does, Runnable work) {
        Thread thread = new Thread(work, "proxy-" + targets + "-" + does);
        thread.setDaemon(true);
        thread.start();
    }
}

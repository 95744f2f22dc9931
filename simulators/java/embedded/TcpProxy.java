package embedded;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A proxy before a server on 127.0.0.1 that breaks connections on demand: it passes bytes on, cuts every connection and
 * refuses new ones, resets open ones, hangs (takes connections and bytes, forwards nothing), mutes the server, or delays.
 *
 * <p>It starts by passing. Every change holds for open connections too. All methods may be called from any thread.
 *
 * <pre>
 * try (TcpProxy proxy = TcpProxy.before(serverPort)) {
 *     proxy.hang();
 * }
 * </pre>
 */
public final class TcpProxy implements AutoCloseable {

    private enum Mode { PASS, HANG, MUTE, CUT, CLOSED }

    private final int targetPort;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Mode mode = Mode.PASS;
    private Duration delay = Duration.ZERO;
    private ServerSocket listener;
    private Thread acceptor;
    private long touched;

    private TcpProxy(int port, int targetPort) throws IOException {
        this.targetPort = targetPort;
        this.listener = listen(port);
        this.port = listener.getLocalPort();
    }

    /** A proxy on a free port before the given port of 127.0.0.1. The server behind it may start later. */
    public static TcpProxy before(int targetPort) {
        try {
            return new TcpProxy(0, targetPort);
        } catch (IOException e) {
            throw new UncheckedIOException("no listener for the proxy before port " + targetPort, e);
        }
    }

    /** As {@link #before(int)}, on a port of the caller's choice. */
    public static TcpProxy before(int targetPort, int port) {
        try {
            return new TcpProxy(port, targetPort);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " is not free for the proxy before " + targetPort, e);
        }
    }

    /** The port that clients connect to; it stays the same through all changes. */
    public int port() {
        return port;
    }

    /** Forwards everything at once, also what a hang has held back. */
    public void pass() {
        change(Mode.PASS, Duration.ZERO);
    }

    /** Takes connections and bytes and forwards nothing, until another method is called. Nothing is closed. */
    public void hang() {
        change(Mode.HANG, Duration.ZERO);
    }

    /** Forwards what clients send, and nothing that the server answers. Nothing is closed. */
    public void mute() {
        change(Mode.MUTE, Duration.ZERO);
    }

    /** Ends every connection with a reset (RST) on both sides, then passes: new connections are taken at once. */
    public void reset() {
        lock.lock();
        try {
            change(Mode.PASS, Duration.ZERO);
            // A copy: closing one side makes the pump thread remove the other one from the set during the iteration.
            List<Socket> ended = List.copyOf(open);
            // Linger is set on all before any is closed: closing one side makes its pump close the other, which is to
            // reset, too.
            ended.forEach(TcpProxy::closeByReset);
            ended.forEach(TcpProxy::close);
            touched = ended.size();
            open.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Whether any connection is open. */
    public boolean isUsed() {
        return !open.isEmpty();
    }

    /** How many connections or chunks of bytes have been closed, kept back or delayed since the last change. */
    public long touched() {
        lock.lock();
        try {
            return touched;
        } finally {
            lock.unlock();
        }
    }

    /** Forwards each chunk of bytes, in each direction, this much later. */
    public void delay(Duration each) {
        change(Mode.PASS, each);
    }

    /** Closes every connection and refuses new ones. */
    public void cut() {
        change(Mode.CUT, Duration.ZERO);
    }

    @Override
    public void close() {
        change(Mode.CLOSED, Duration.ZERO);
    }

    private void change(Mode to, Duration each) {
        lock.lock();
        try {
            if (mode == Mode.CLOSED) {
                return;
            }
            mode = to;
            delay = each;
            touched = 0;
            if (to == Mode.CUT || to == Mode.CLOSED) {
                refuse();
                touched = open.size();
                open.forEach(TcpProxy::close);
                open.clear();
            } else if (listener.isClosed()) {
                listener = listen(port);
            }
            changed.signalAll();
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " of the proxy was taken while it was cut", e);
        } finally {
            lock.unlock();
        }
    }

    private ServerSocket listen(int onPort) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 256);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        acceptor = start("accepts", () -> accept(socket));
        return socket;
    }

    /** Closes the listener. The port is free only when the thread that waits in accept() has returned. */
    private void refuse() {
        close(listener);
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                start("connects", () -> connect(client));
            } catch (IOException e) {
                // The listener was closed by a cut, or the client disconnected before it was accepted.
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        try {
            keep(client);
            letThrough(true);
            keep(server);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
            start("answers", () -> pump(server, client, false));
            pump(client, server, true);
        } catch (IOException e) {
            part(client, server);
        }
    }

    private void pump(Socket from, Socket to, boolean fromClient) {
        byte[] chunk = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                letThrough(fromClient);
                out.write(chunk, 0, n);
            }
            letThrough(fromClient);
            to.shutdownOutput();
            if (from.isOutputShutdown()) {
                part(from, to);
            }
        } catch (IOException e) {
            part(from, to);
        }
    }

    /** Returns when a chunk that has just arrived may be forwarded. */
    private void letThrough(boolean fromClient) throws IOException {
        lock.lock();
        try {
            long left = delay.toNanos();
            if (keptBack(fromClient) || !delay.isZero()) {
                touched++;
            }
            while (keptBack(fromClient) || (mode == Mode.PASS && left > 0 && !delay.isZero())) {
                if (keptBack(fromClient)) {
                    changed.await();
                } else {
                    left = changed.awaitNanos(left);
                }
            }
            if (mode == Mode.CUT || mode == Mode.CLOSED) {
                throw new IOException("cut");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean keptBack(boolean fromClient) {
        return mode == Mode.HANG || mode == Mode.MUTE && !fromClient;
    }

    private void keep(Socket socket) throws IOException {
        lock.lock();
        try {
            if (mode == Mode.CUT || mode == Mode.CLOSED) {
                throw new IOException("cut");
            }
            open.add(socket);
        } finally {
            lock.unlock();
        }
    }

    private void part(Socket one, Socket other) {
        close(one);
        close(other);
        open.remove(one);
        open.remove(other);
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing more can be done.
        }
    }

    /** Has its close send a reset: unsent bytes are dropped, and the peer's next read fails. */
    private static void closeByReset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
        }
    }

    private Thread start(String does, Runnable work) {
        Thread thread = new Thread(work, "proxy-" + targetPort + "-" + does);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}

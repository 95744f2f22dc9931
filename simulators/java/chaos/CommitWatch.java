package chaos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Parses one connection of PostgreSQL's protocol, version 3 without encryption, and reports two moments: before the
 * COMMIT of a transaction that inserted a payment reaches the server; and after the server has committed, before the
 * client knows it.
 */
final class CommitWatch implements InterceptingProxy.Interceptor {

    private static final String COMMIT = "COMMIT";
    private static final String TAKES_PAYMENT = "INSERT INTO payment";

    private final OneShot beforeCommit;
    private final OneShot afterCommit;
    private final Runnable committed;
    private final Messages client = new Messages(true);
    private final Messages server = new Messages(false);
    private final Map<String, String> statements = new HashMap<>();
    private volatile boolean tookPayment;

    /**
     * @param beforeCommit fires before the COMMIT is passed on
     * @param afterCommit  fires before the server's answer to the COMMIT is passed on
     * @param committed    runs for each committed transaction that inserted a payment
     */
    CommitWatch(OneShot beforeCommit, OneShot afterCommit, Runnable committed) {
        this.beforeCommit = beforeCommit;
        this.afterCommit = afterCommit;
        this.committed = committed;
    }

    @Override
    public boolean fromClient(byte[] bytes, int length) {
        return client.feed(bytes, length, this::asked);
    }

    @Override
    public boolean fromServer(byte[] bytes, int length) {
        return server.feed(bytes, length, this::answered);
    }

    private boolean asked(char type, ByteBuffer body) {
        switch (type) {
            case 'P' -> {
                // Parse: gives a statement the name by which Bind refers to it.
                String name = text(body);
                statements.put(name, text(body));
            }
            case 'B' -> {
                // Bind: the name of a portal, then that of the statement.
                text(body);
                return runs(statements.getOrDefault(text(body), ""));
            }
            case 'Q' -> {
                return runs(text(body));
            }
            default -> {
            }
        }
        return true;
    }

    private boolean runs(String sql) {
        if (sql.contains(TAKES_PAYMENT)) {
            tookPayment = true;
        } else if (sql.equalsIgnoreCase("BEGIN")) {
            tookPayment = false;
        }
        return !(tookPayment && sql.equalsIgnoreCase(COMMIT) && beforeCommit.moment());
    }

    private boolean answered(char type, ByteBuffer body) {
        // CommandComplete; for a failed transaction its text is ROLLBACK.
        if (type != 'C' || !text(body).equals(COMMIT)) {
            return true;
        }
        if (!tookPayment) {
            return true;
        }
        tookPayment = false;
        committed.run();
        return !afterCommit.moment();
    }

    private static String text(ByteBuffer body) {
        int start = body.position();
        while (body.get() != 0) {
            // up to the terminating zero
        }
        return new String(body.array(), body.arrayOffset() + start, body.position() - start - 1,
                StandardCharsets.UTF_8);
    }

    /** Splits a stream of bytes into messages: a type, then the length of the rest, which includes the length itself. */
    private static final class Messages {

        @FunctionalInterface
        interface MessageReader {
            boolean read(char type, ByteBuffer body);
        }

        private byte[] buffer = new byte[16 * 1024];
        private int size;
        /** The client's first message has no type. */
        private boolean startup;

        Messages(boolean startup) {
            this.startup = startup;
        }

        boolean feed(byte[] bytes, int length, MessageReader reader) {
            if (size + length > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + length));
            }
            System.arraycopy(bytes, 0, buffer, size, length);
            size += length;
            int at = 0;
            boolean goOn = true;
            while (goOn) {
                int head = startup ? 0 : 1;
                if (size - at < head + 4) {
                    break;
                }
                int end = at + head + ByteBuffer.wrap(buffer, at + head, 4).getInt();
                if (end > size) {
                    break;
                }
                if (!startup) {
                    int body = at + head + 4;
                    goOn = reader.read((char) buffer[at], ByteBuffer.wrap(buffer, body, end - body).slice());
                }
                startup = false;
                at = end;
            }
            System.arraycopy(buffer, at, buffer, 0, size - at);
            size -= at;
            return goOn;
        }
    }
}

package simulators.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The format of a journal's file: one JSON document a line. */
final class Lines {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Lines() {
    }

    static byte[] write(Entry entry) {
        byte[] json = JSON.writeValueAsBytes(entry);
        byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /** Hands over all entries in the first {@code length} bytes, in order. */
    static void read(Path file, long length, Consumer<Entry> reader) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(head(file, length), StandardCharsets.UTF_8), 1 << 16)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                reader.accept(parse(file, number, line));
            }
        } catch (IOException e) {
            throw new JournalBroken("can't read " + file, e);
        }
    }

    static void copy(Path file, long length, OutputStream to) throws IOException {
        try (InputStream from = head(file, length)) {
            from.transferTo(to);
        }
    }

    /**
     * The offset at which the complete lines end. A crash can leave the last line incomplete; none that was acknowledged,
     * because an append is acknowledged when its line is on disk.
     */
    static long endOfWholeLines(FileChannel file) throws IOException {
        long end = file.size();
        ByteBuffer block = ByteBuffer.allocate(1 << 13);
        while (end > 0) {
            long from = Math.max(0, end - block.capacity());
            block.clear().limit((int) (end - from));
            while (block.hasRemaining() && file.read(block, from + block.position()) >= 0) {
                // until the block is full
            }
            for (int at = block.position() - 1; at >= 0; at--) {
                if (block.get(at) == '\n') {
                    return from + at + 1;
                }
            }
            end = from;
        }
        return 0;
    }

    private static Entry parse(Path file, long number, String line) {
        try {
            return JSON.readValue(line, Entry.class);
        } catch (JacksonException e) {
            throw new JournalBroken("line " + number + " of " + file + " is no entry; move the file away to start"
                    + " without it, or cut it before that line", e);
        }
    }

    private static InputStream head(Path file, long length) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new Head(Channels.newInputStream(channel), length);
    }

    /** The first bytes of a file that goes on growing. */
    private static final class Head extends InputStream {
        private final InputStream whole;
        private long left;

        Head(InputStream whole, long left) {
            this.whole = whole;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = whole.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public void close() throws IOException {
            whole.close();
        }
    }
}

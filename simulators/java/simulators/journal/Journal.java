package simulators.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * An append-only file of JSON lines. Many threads append; one thread writes what has gathered and forces it to disk once for
 * all of them (group commit).
 *
 * <pre>
 * try (Journal journal = Journal.open(file)) {
 *     journal.replay(state::restore);
 *     journal.write(List.of(entry)).thenRun(this::act);
 * }
 * </pre>
 */
public final class Journal implements AutoCloseable {

    private static final int MOST_AT_ONCE = 8_192;

    private final Path file;
    private final FileChannel channel;
    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final List<Consumer<Entry>> followers = new ArrayList<>();
    private final Thread writer;
    private volatile long durable;
    private boolean closing;

    /** Work for the writer, in the order of arrival: either to append lines, or to add a follower, or to end. */
    private record Job(List<Entry> entries, byte[] lines, Consumer<Entry> follower, boolean last,
                       CompletableFuture<Void> done) {
    }

    private Journal(Path file, FileChannel channel, long durable) {
        this.file = file;
        this.channel = channel;
        this.durable = durable;
        this.writer = new Thread(this::write, "journal-" + file.getFileName());
        this.writer.setDaemon(true);
        this.writer.start();
    }

    private Journal() {
        file = null;
        channel = null;
        writer = null;
    }

    /**
     * A journal that keeps nothing: what is written is done at once, on the caller's thread, and there is never anything to
     * read. For measurements, where no simulator is restarted or checked by its journal.
     */
    public static Journal unkept() {
        return new Journal();
    }

    /**
     * Opens the journal, creating it and its directory when absent; a last line that a crash has left incomplete is cut off.
     *
     * @throws JournalBroken when the file can't be written or another process has it open
     */
    public static Journal open(Path file) {
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            FileChannel channel = FileChannel.open(file,
                    StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new JournalBroken(file + " is open in another process; stop that one first", null);
            }
            long end = Lines.endOfWholeLines(channel);
            channel.truncate(end).position(end);
            channel.force(true);
            return new Journal(file, channel, end);
        } catch (OverlappingFileLockException e) {
            throw new JournalBroken(file + " is open already in this process", e);
        } catch (IOException e) {
            throw new JournalBroken("can't open " + file, e);
        }
    }

    /**
     * Reads a journal, also one that another process is writing, or a copy; an incomplete last line is ignored.
     *
     * @throws JournalBroken when it can't be read, or another line is no entry
     */
    public static void read(Path file, Consumer<Entry> reader) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Lines.read(file, Lines.endOfWholeLines(channel), reader);
        } catch (IOException e) {
            throw new JournalBroken("can't read " + file, e);
        }
    }

    /** The file; null when nothing is kept. */
    public Path file() {
        return file;
    }

    /**
     * Appends the entries and returns when they are on disk. Must not be called from a continuation of {@link #write}.
     *
     * @throws JournalBroken when they can't be written
     */
    public void append(Entry... entries) {
        if (Thread.currentThread() == writer) {
            throw new IllegalStateException("the journal's own thread can't wait for itself; use write()");
        }
        try {
            write(List.of(entries)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof JournalBroken broken ? broken : e;
        }
    }

    /**
     * Appends the entries, together and in the order of the calls. An empty list is a barrier: done when all earlier entries
     * are on disk.
     *
     * @return done when they are on disk; failed with {@link JournalBroken} otherwise. Its continuations run on the
     *         journal's thread: they have to be short and must not wait for the journal.
     */
    public CompletableFuture<Void> write(List<Entry> entries) {
        if (writer == null) {
            return CompletableFuture.completedFuture(null);
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream(entries.size() * 160);
        entries.forEach(entry -> lines.writeBytes(Lines.write(entry)));
        return submit(new Job(entries, lines.toByteArray(), null, false, new CompletableFuture<>()));
    }

    /** All entries that are on disk now, in order. */
    public List<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        replay(all::add);
        return all;
    }

    /** Hands over all entries that are on disk now, in order, on the caller's thread. */
    public void replay(Consumer<Entry> reader) {
        if (writer != null) {
            Lines.read(file, durable, reader);
        }
    }

    /**
     * Hands over all entries that are on disk, then each later one when it is on disk: each exactly once. Returns when the
     * present entries have been handed over. The reader is called on the journal's thread and has to be short.
     */
    public void follow(Consumer<Entry> reader) {
        if (writer == null) {
            return;
        }
        submit(new Job(List.of(), new byte[0], reader, false, new CompletableFuture<>())).join();
    }

    /** The raw lines that are on disk now. */
    public void copyTo(OutputStream to) throws IOException {
        if (writer != null) {
            Lines.copy(file, durable, to);
        }
    }

    /** Writes what was appended and closes the file. */
    @Override
    public void close() {
        if (writer == null) {
            return;
        }
        CompletableFuture<Void> done = submit(new Job(List.of(), new byte[0], null, true, new CompletableFuture<>()));
        done.handle((ok, failed) -> null).join();
        try {
            // The writer closes the file, and with it releases the lock, after its last entry.
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> submit(Job job) {
        synchronized (jobs) {
            if (closing) {
                job.done.completeExceptionally(new JournalBroken(file + " is closed", null));
                return job.done;
            }
            closing = job.last;
            jobs.add(job);
        }
        return job.done;
    }

    private void write() {
        List<Job> batch = new ArrayList<>();
        try (channel) {
            boolean last = false;
            while (!last) {
                batch.clear();
                batch.add(jobs.take());
                jobs.drainTo(batch, MOST_AT_ONCE);
                force(batch);
                for (Job job : batch) {
                    finish(job);
                    last |= job.last;
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            fail(batch, new JournalBroken("can't write " + file + "; free the disk and start the simulator again", e));
        }
    }

    private void force(List<Job> batch) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        batch.forEach(job -> lines.writeBytes(job.lines));
        if (lines.size() > 0) {
            ByteBuffer buffer = ByteBuffer.wrap(lines.toByteArray());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(false);
        }
    }

    /** Only here the job's lines become visible to readers, so that a follower that is added within a batch misses none. */
    private void finish(Job job) {
        durable += job.lines.length;
        if (job.follower != null) {
            try {
                replay(job.follower);
            } catch (RuntimeException e) {
                // A failing reader must not stop the journal.
                job.done.completeExceptionally(e);
                return;
            }
            followers.add(job.follower);
        }
        for (Consumer<Entry> follower : followers) {
            job.entries.forEach(follower);
        }
        job.done.complete(null);
    }

    private void fail(List<Job> batch, JournalBroken broken) {
        synchronized (jobs) {
            closing = true;
            jobs.drainTo(batch);
        }
        batch.forEach(job -> job.done.completeExceptionally(broken));
    }
}

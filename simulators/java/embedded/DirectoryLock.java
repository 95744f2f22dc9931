package embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A lock on a directory, for one owner. The operating system releases it when the process ends, however it ends. */
public final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks the directory, creating it if absent.
     *
     * @throws IllegalStateException when it is locked already; the message says what to do
     */
    public static DirectoryLock of(Path directory) {
        FileChannel channel = open(directory);
        try {
            if (channel.tryLock() != null) {
                return new DirectoryLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Locked within this process.
        } catch (IOException e) {
            throw new UncheckedIOException("can't lock " + directory, e);
        }
        new DirectoryLock(channel).close();
        throw new IllegalStateException(directory + " is in use by another process; stop that one first");
    }

    /** Locks the directory, waiting for as long as another <em>process</em> has it. */
    static DirectoryLock await(Path directory) {
        FileChannel channel = open(directory);
        try {
            channel.lock();
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("can't lock " + directory, e);
        }
    }

    private static FileChannel open(Path directory) {
        try {
            Files.createDirectories(directory);
            return FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write into " + directory, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

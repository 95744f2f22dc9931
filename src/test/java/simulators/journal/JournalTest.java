package simulators.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    Path folder;

    private static Entry made(String orderId) {
        return new Entry(Instant.parse("2026-05-01T08:00:00Z"), What.MADE, orderId, "key", "T1-" + orderId,
                Map.of("cups", "2"));
    }

    @Test
    void whatWasAppendedIsReadBackAfterReopening() {
        Path file = folder.resolve("deep/barista.jsonl");
        try (Journal journal = Journal.open(file)) {
            journal.append(made("a"), made("b"));
        }
        try (Journal journal = Journal.open(file)) {
            journal.append(Entry.of(Instant.EPOCH, What.CHANGE_IGNORED, "c"));
            assertThat(journal.entries()).containsExactly(made("a"), made("b"),
                    Entry.of(Instant.EPOCH, What.CHANGE_IGNORED, "c"));
        }
    }

    @Test
    void aLineTornByACrashIsCutOffAndTheNextStandsOnItsOwn() throws IOException {
        Path file = folder.resolve("torn.jsonl");
        try (Journal journal = Journal.open(file)) {
            journal.append(made("a"));
        }
        Files.writeString(file, "{\"at\":\"2026-05-01T08:0", StandardOpenOption.APPEND);
        try (Journal journal = Journal.open(file)) {
            journal.append(made("b"));
            assertThat(journal.entries()).containsExactly(made("a"), made("b"));
        }
    }

    @Test
    void aBrokenLineInTheMiddleIsNotPassedOver() throws IOException {
        Path file = folder.resolve("broken.jsonl");
        Files.writeString(file, "no json\n");
        try (Journal journal = Journal.open(file)) {
            assertThatThrownBy(journal::entries).isInstanceOf(JournalBroken.class).hasMessageContaining("line 1");
        }
    }

    @Test
    void twoCannotWriteTheSameJournal() {
        Path file = folder.resolve("one.jsonl");
        try (Journal first = Journal.open(file)) {
            assertThatThrownBy(() -> Journal.open(file)).isInstanceOf(JournalBroken.class);
            first.append(made("a"));
            assertThat(first.entries()).hasSize(1);
        }
    }

    @Test
    void manyAppendAtOnceAndNothingIsLost() throws Exception {
        try (Journal journal = Journal.open(folder.resolve("many.jsonl"))) {
            ExecutorService appenders = Executors.newFixedThreadPool(16);
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                String order = "o" + i;
                all.add(CompletableFuture.runAsync(() -> journal.append(made(order)), appenders));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            appenders.shutdown();
            assertThat(journal.entries()).hasSize(2_000).doesNotHaveDuplicates();
        }
    }

    @Test
    void aFollowerSeesThePastAndThePresentOnce() {
        List<Entry> seen = Collections.synchronizedList(new ArrayList<>());
        try (Journal journal = Journal.open(folder.resolve("followed.jsonl"))) {
            journal.append(made("a"));
            journal.follow(seen::add);
            assertThat(seen).containsExactly(made("a"));
            journal.append(made("b"));
            journal.write(List.of()).join();
            assertThat(seen).containsExactly(made("a"), made("b"));
        }
    }

    @Test
    void aClosedJournalRefusesToAppend() {
        Journal journal = Journal.open(folder.resolve("closed.jsonl"));
        journal.close();
        assertThatThrownBy(() -> journal.append(made("a"))).isInstanceOf(JournalBroken.class);
    }

    @Test
    void whatNobodyWillReadIsDoneAtOnceAndNotKept() {
        try (Journal journal = Journal.unkept()) {
            assertThat(journal.write(List.of(Entry.of(Instant.EPOCH, What.MADE, "o-1")))).isCompleted();
            assertThat(journal.entries()).isEmpty();
        }
    }
}

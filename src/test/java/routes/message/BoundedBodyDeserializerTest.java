package routes.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What is kept of a record, however large it is. */
class BoundedBodyDeserializerTest {

    private static final String NAME = "ce_specversion";

    @Test
    void ofAHeaderInAThousandSpellingsOneIsKept() {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < 1_000; i++) {
            headers.add(spelling(i), new byte[10_000]);
        }

        read(headers);

        assertThat(headers.toArray()).extracting(kept -> kept.value().length).containsExactly(4_000);
    }

    @Test
    void theSpellingThatIsReadIsKeptWhateverStandsBesideIt() {
        Headers headers = headers("CE_TYPE", "before", "ce_type", "first", "ce_type", "last", "Ce_Type", "behind");

        read(headers);

        assertThat(headers.toArray()).singleElement().satisfies(kept -> {
            assertThat(kept.key()).isEqualTo("ce_type");
            assertThat(text(kept)).isEqualTo("last");
        });
    }

    @Test
    void aMisspeltHeaderIsKeptSoThatItsSenderCanBeTold() {
        Headers headers = headers("Content-Type", "application/json", "traceparent", "00-1", "hub_bytes", "7");

        read(headers);

        assertThat(headers.toArray()).singleElement().satisfies(kept -> assertThat(kept.key()).isEqualTo("Content-Type"));
    }

    /** Its bits say which of the letters are capitals. */
    private static String spelling(int number) {
        StringBuilder spelling = new StringBuilder();
        for (int i = 0; i < NAME.length(); i++) {
            String letter = NAME.substring(i, i + 1);
            spelling.append((number >> i & 1) == 1 ? letter.toUpperCase(Locale.ROOT) : letter);
        }
        return spelling.toString();
    }

    private static Headers headers(String... namesAndValues) {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void read(Headers headers) {
        new BoundedBodyDeserializer().deserialize("lucky_made_topic", headers, ByteBuffer.wrap(new byte[2]));
    }
}

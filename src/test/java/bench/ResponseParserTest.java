package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "HTTP/1.1 201 \r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 201 \r\ncontent-length:0\r\n\r\n"})
    void anAnswerIsThereWithItsLastByteAndNotBefore(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(ResponseParser.statusIfWhole(bytes, length)).as("after " + length + " bytes").isZero();
        }
        assertThat(ResponseParser.statusIfWhole(bytes, bytes.length)).isEqualTo(201);
        assertThat(ResponseParser.endsConnection(bytes, bytes.length)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 204 \r\nDate: now\r\nConnection: close\r\n\r\n", "HTTP/1.1 204 \r\nconnection:close\r\n\r\n"})
    void aServerMayEndTheConnection(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(ResponseParser.statusIfWhole(bytes, bytes.length)).isEqualTo(204);
        assertThat(ResponseParser.endsConnection(bytes, bytes.length)).isTrue();
    }
}

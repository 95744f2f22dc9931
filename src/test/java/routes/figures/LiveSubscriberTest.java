package routes.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One who reads slowly, or not at all: a real socket has room for minutes of figures, so here is one that has none. */
class LiveSubscriberTest {

    /** As Tomcat has it: to write while there is no room is an error. */
    private static final class Narrow extends ServletOutputStream {

        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private boolean roomy = true;
        private boolean gone;
        private WriteListener listener;

        @Override
        public boolean isReady() {
            return roomy;
        }

        @Override
        public void setWriteListener(WriteListener writer) {
            listener = writer;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (gone) {
                throw new IOException("Broken pipe");
            }
            if (!roomy) {
                throw new IllegalStateException("not ready");
            }
            taken.write(bytes, from, count);
        }

        String taken() {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }

    private final Narrow out = new Narrow();
    private final List<String> ended = new ArrayList<>();
    private final List<LiveSubscriber> left = new ArrayList<>();
    private final LiveSubscriber watcher = new LiveSubscriber(exchange(), "viewer", left::add);

    private AsyncContext exchange() {
        ServletResponse response = answering(ServletResponse.class, Map.of("getOutputStream", out));
        return answering(AsyncContext.class, Map.of("getResponse", response));
    }

    private <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getName().equals("complete")) {
                ended.add("complete");
            }
            return answers.get(method.getName());
        }));
    }

    private void tell(String event) {
        watcher.tell(event.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nothingIsWrittenBeforeTheServerAsksForIt() throws IOException {
        watcher.begin();
        tell("first ");
        out.listener.onWritePossible();
        tell("second");

        assertThat(out.taken()).isEqualTo("second");
    }

    @Test
    void whoHasNoRoomMissesWhatIsToldMeanwhileAndGetsTheNewestNext() throws IOException {
        watcher.begin();
        out.listener.onWritePossible();
        tell("first ");
        out.roomy = false;
        tell("second ");
        tell("third ");
        out.roomy = true;
        out.listener.onWritePossible();
        tell("fourth");

        assertThat(out.taken()).isEqualTo("first fourth");
        assertThat(left).isEmpty();
    }

    @Test
    void whoHasGoneIsForgottenAndTheOthersNeverHearOfIt() throws IOException {
        watcher.begin();
        out.listener.onWritePossible();
        out.gone = true;

        assertThatCode(() -> tell("first")).doesNotThrowAnyException();
        assertThatCode(() -> tell("second")).doesNotThrowAnyException();

        assertThat(left).contains(watcher);
        assertThat(ended).containsExactly("complete");
    }
}

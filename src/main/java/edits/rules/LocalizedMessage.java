package edits.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A message for people that can be said in English and in Chinese. As in gettext, the English format is the key of the
 * Chinese one, which stands in {@code edits/messages_zh.yaml}:
 *
 * <pre>{@code
 * LocalizedMessage gone = message("the route %s is missing", "push-order");
 * gone.in(Locale.CHINESE)  // 缺少路由 push-order
 * }</pre>
 *
 * In JSON it is its English text; one that is read from JSON has no Chinese.
 *
 * @param format    in English, for {@link String#format} with {@code %s} alone
 * @param arguments one that is itself a {@code LocalizedMessage} is said in the language of the whole
 */
public record LocalizedMessage(String format, List<Object> arguments) {

    private static final Map<String, String> CHINESE = chinese();

    public static LocalizedMessage message(String format, Object... arguments) {
        return new LocalizedMessage(format, Stream.of(arguments).toList());
    }

    /** A text that is the same in both languages. */
    @JsonCreator
    static LocalizedMessage verbatim(String text) {
        return new LocalizedMessage("%s", List.of(text));
    }

    /** Its text in this language, and in no other. */
    public LocalizedMessage fixed(Locale language) {
        return verbatim(in(language));
    }

    /** @return the Chinese text for {@code zh} of any region, otherwise the English one */
    public String in(Locale language) {
        boolean isChinese = language.getLanguage().equals("zh");
        return String.format(isChinese ? CHINESE.getOrDefault(format, format) : format, arguments.stream()
                .map(argument -> argument instanceof LocalizedMessage message ? message.in(language) : argument).toArray());
    }

    /** In English. */
    @JsonValue
    @Override
    public String toString() {
        return in(Locale.ENGLISH);
    }

    /** Chinese formats by their English ones. */
    static Map<String, String> chinese() {
        try (InputStream file = LocalizedMessage.class.getResourceAsStream("/edits/messages_zh.yaml")) {
            return ((List<?>) new Load(LoadSettings.builder().build()).loadFromInputStream(file)).stream()
                    .map(message -> (Map<?, ?>) message)
                    .collect(Collectors.toMap(message -> (String) message.get("en"), message -> (String) message.get("zh")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package contract;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the contract has it: UTF-8, bounded, without unknown, doubled or trailing content. */
public final class Json {

    /** No message of the contract is deeper than four levels or has longer strings. */
    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxNestingDepth(16).maxStringLength(4_096).maxNumberLength(32).maxNameLength(64).build();

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(BOUNDS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private Json() {
    }

    /** The body is not what the contract says; the message tells what is wrong and repeats no value from it. */
    public static final class Malformed extends RuntimeException {
        Malformed(String message) {
            super(message);
        }
    }

    /** @throws Malformed when the bytes are not exactly one JSON document of that type */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            // Jackson would read other encodings and let some broken UTF-8 pass.
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
        } catch (CharacterCodingException e) {
            throw new Malformed("the body is not UTF-8");
        }
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new Malformed("the body must be a JSON object, not null");
            }
            return value;
        } catch (JacksonException e) {
            throw new Malformed(reason(e));
        }
    }

    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** Our own checks speak for themselves; of Jackson's, the path and the kind are enough and quote no content. */
    private static String reason(JacksonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException && !(cause instanceof JacksonException)) {
                return cause.getMessage();
            }
        }
        String place = e.getPathReference() == null || e.getPath().isEmpty() ? ""
                : " at " + e.getPath().stream()
                        .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]"
                                : Check.isName(step.getPropertyName()) ? step.getPropertyName() : "?")
                        .collect(java.util.stream.Collectors.joining("."));
        return switch (e.getClass().getSimpleName()) {
            case "UnrecognizedPropertyException" -> "unknown field" + place;
            case "InvalidFormatException", "MismatchedInputException", "InvalidNullException" ->
                    "a value of the wrong type" + place;
            case "StreamConstraintsException" -> "too deep, or a string or number too long" + place;
            default -> "not valid JSON" + place;
        };
    }
}

package contract;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** JSON as the contract has it: UTF-8, bounded, without unknown, doubled or trailing content. */
public final class Json {

    /** No message of the contract is deeper than four levels or has longer strings, but what carries a whole file. */
    private static final JsonMapper MAPPER = mapper(4_096);
    private static final JsonMapper OF_FILES = mapper(512 * 1024);

    private static JsonMapper mapper(int longestString) {
        StreamReadConstraints bounds = StreamReadConstraints.builder().maxNestingDepth(16).maxStringLength(longestString)
                .maxNumberLength(32).maxNameLength(64).build();
        return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(bounds).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                // The feature above keeps text from becoming a number; this keeps a number from becoming text.
                .withCoercionConfig(LogicalType.Textual, text -> text
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .addModule(new SimpleModule().addDeserializer(Instant.class, new Rfc3339()))
                .build();
    }

    private Json() {
    }

    /** Takes text alone: Jackson would take numbers, too, which don't say whether they are seconds or milliseconds. */
    private static final class Rfc3339 extends StdScalarDeserializer<Instant> {

        Rfc3339() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) {
            Instant time = json.hasToken(JsonToken.VALUE_STRING) ? Times.read(json.getString()) : null;
            if (time != null) {
                return time;
            }
            return context.reportInputMismatch(this, "not a time as in 2026-03-01T08:30:00Z");
        }
    }

    /** The body is not what the contract says; the message tells what is wrong and repeats no value from it. */
    public static final class Malformed extends RuntimeException {
        Malformed(String message) {
            super(message);
        }
    }

    /** @throws Malformed when the bytes are not exactly one JSON document of that type */
    public static <T> T read(byte[] json, Class<T> type) {
        return read(MAPPER, json, type);
    }

    /** As {@link #read}, of what may hold texts as long as a file. */
    public static <T> T readFiles(byte[] json, Class<T> type) {
        return read(OF_FILES, json, type);
    }

    private static <T> T read(JsonMapper mapper, byte[] json, Class<T> type) {
        String text;
        try {
            // Given the bytes, Jackson would guess at other encodings and let some broken UTF-8 pass.
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("the body is not UTF-8");
        }
        try {
            T value = mapper.readValue(text, type);
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
                                : Bounds.isName(step.getPropertyName()) ? step.getPropertyName() : "?")
                        .collect(java.util.stream.Collectors.joining("."));
        return switch (e.getClass().getSimpleName()) {
            case "UnrecognizedPropertyException" -> "unknown field" + place;
            case "InvalidFormatException", "MismatchedInputException", "InvalidNullException",
                    "InputCoercionException" ->
                    "a value of the wrong type" + place;
            case "StreamConstraintsException" -> "too deep, or a string or number too long" + place;
            default -> "not valid JSON" + place;
        };
    }
}

package contract;

import java.util.Set;

/**
 * Text from outside as people are shown it. What has no look of its own, or changes that of its neighbours, is written as
 * its number: {@code mei} and {@code mei\u200B} would look the same, and after {@code U+202E} a line reads backwards.
 */
public final class Visible {

    /** Fillers, joiners and blanks that Unicode counts as letters or marks. */
    private static final Set<Integer> LOOK_LIKE_NOTHING =
            Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0);

    private Visible() {
    }

    /** Null stays null. */
    public static String text(String text) {
        if (text == null || text.codePoints().allMatch(Visible::isSeen)) {
            return text;
        }
        StringBuilder seen = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isSeen(character)) {
                seen.appendCodePoint(character);
            } else {
                seen.append(String.format(character > 0xFFFF ? "\\u{%X}" : "\\u%04X", character));
            }
        });
        return seen.toString();
    }

    private static boolean isSeen(int character) {
        return character == ' ' || switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> !LOOK_LIKE_NOTHING.contains(character) && !isVariationSelector(character);
        };
    }

    private static boolean isVariationSelector(int character) {
        return character >= 0xFE00 && character <= 0xFE0F || character >= 0xE0100 && character <= 0xE01EF
                || character >= 0x180B && character <= 0x180F;
    }
}

package ledger.order;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger.order.StateMoves.Move;
import ledger.order.StateMoves.Said;
import ledger.order.StateMoves.Side;
import ledger.order.StateMoves.Track;

/**
 * The states of an order and what moves them, as an SVG. Each track is a row of boxes. Each move is a line above them, with
 * a dot over each state that it leads from and an arrow to the one that it leads to.
 */
final class StatesDrawing {

    private static final int WIDTH = 1240;
    private static final int MARGIN = 24;
    private static final int BOX = 164;
    private static final int BOX_HEIGHT = 34;
    private static final int LANE = 30;

    private static final Map<Side, String> COLOURS = new EnumMap<>(Map.of(Side.PAYMENT, "#8250df",
            Side.BARISTA, "#9a6700", Side.DISPATCH, "#0969da", Side.SHOP, "#1a7f37"));

    private final StateMoves moves;
    private final StringBuilder svg = new StringBuilder();
    private int y = MARGIN;

    private StatesDrawing(StateMoves moves) {
        this.moves = moves;
    }

    static String of(StateMoves moves) {
        return new StatesDrawing(moves).drawn();
    }

    private String drawn() {
        text(MARGIN, y += 14, "title", "The states of an order, and what moves them");
        text(MARGIN, y += 20, "note",
                "Drawn from ledger.order.Transitions. Any other event, in any state, leaves the states as they are.");
        legend();
        track(Track.MAKING, List.of());
        track(Track.CANCEL, List.of());
        track(Track.DELIVERY, List.of("A later attempt, as of a reassigned courier, leads from "
                + words(moves.beganAnew()) + " to any of these states but NONE."));
        ends();
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="12">
                <style>
                text { fill: #1f2328 } .note { fill: #57606a } .spaced { white-space: pre }
                .title { font-size: 18px; font-weight: 600 } .track { font-size: 15px; font-weight: 600 }
                .state { font-size: 12px; font-weight: 600; text-anchor: middle }
                .box { fill: #f6f8fa; stroke: #57606a } .last { stroke-width: 3 } .end { font-weight: 600 }
                .line { fill: none; stroke: #57606a; stroke-width: 1.5 } .head { fill: #57606a }
                .move { paint-order: stroke; stroke: #fff; stroke-width: 5px; stroke-linejoin: round }
                </style>
                <rect width="100%%" height="100%%" fill="#fff"/>
                """.formatted(WIDTH, y + MARGIN) + svg + "</svg>\n";
    }

    private void legend() {
        y += 24;
        String sides = Arrays.stream(Side.values()).map(side -> "<tspan style=\"fill:%s\">■ %s</tspan>"
                .formatted(COLOURS.get(side), side.name().toLowerCase(Locale.ROOT))).collect(Collectors.joining("  "));
        text(MARGIN, y, "spaced", "said by:  " + sides + "    thick border: nothing leads further");
    }

    private void track(Track track, List<String> notes) {
        // The shortest lie lowest, so that few lines cross.
        List<Move> all = moves.of(track).stream().sorted(Comparator.comparing(StatesDrawing::span)
                .thenComparing(move -> move.to().ordinal())).toList();
        text(MARGIN, y += 44, "track", track.name());
        String still = Stream.of(Track.MAKING, Track.CANCEL).filter(other -> other != track)
                .map(other -> words(moves.stillWhile(track, other))).filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" or "));
        text(MARGIN + 90, y, "note", "moves no further while the order is " + still);
        int boxes = y += 18 + LANE * all.size();
        for (int lane = 0; lane < all.size(); lane++) {
            move(track, all, lane, boxes);
        }
        for (Enum<?> state : track.states()) {
            boolean last = all.stream().noneMatch(move -> move.from().contains(state));
            svg.append("<rect class=\"box%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n".formatted(
                    last ? " last" : "", left(track, state), boxes, BOX, BOX_HEIGHT));
            text(left(track, state) + BOX / 2, boxes + 22, "state", state.name());
        }
        y = boxes + BOX_HEIGHT;
        notes.forEach(note -> text(MARGIN, y += 22, "note", note));
    }

    /** Lines leave a box on the right of its top, together, and come to it on the left, each by itself. */
    private void move(Track track, List<Move> all, int lane, int boxes) {
        Move move = all.get(lane);
        int height = boxes - 12 - LANE * lane;
        List<Move> arriving = all.stream().filter(other -> other.to() == move.to()).toList();
        int end = left(track, move.to()) + 14 + 24 * arriving.indexOf(move);
        List<Integer> begins = move.from().stream().map(from -> left(track, from) + BOX - 14).toList();
        int first = Math.min(end, Collections.min(begins));
        svg.append("<path class=\"line\" d=\"M%d %dH%dM%d %dV%d\"/>\n".formatted(first, height,
                Math.max(end, Collections.max(begins)), end, height, boxes - 6));
        svg.append("<path class=\"head\" d=\"M%d %dl-4 -8h8z\"/>\n".formatted(end, boxes));
        begins.forEach(begin -> svg.append(("<path class=\"line\" d=\"M%d %dV%d\"/>"
                + "<circle class=\"head\" cx=\"%d\" cy=\"%d\" r=\"3.5\"/>\n")
                .formatted(begin, boxes, height, begin, height)));
        String guard = track == Track.CANCEL ? " <tspan class=\"note\">while " + words(move.making()) + "</tspan>" : "";
        svg.append("<text class=\"move\" x=\"%d\" y=\"%d\">%s%s</text>\n".formatted(first + 8, height - 5,
                move.said().stream().map(StatesDrawing::coloured).collect(Collectors.joining(", ")), guard));
    }

    private void ends() {
        text(MARGIN, y += 44, "track", "the end");
        text(MARGIN + 90, y, "note", "settled: no side owes anything, and nothing moves the order any more");
        moves.ends().forEach((settlement, by) -> {
            text(MARGIN, y += 22, "end", settlement.name());
            String all = by.entrySet().stream().map(each -> coloured(each.getKey()) + " <tspan class=\"note\">("
                    + each.getValue().stream().map(kind -> kind.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")) + ")</tspan>").collect(Collectors.joining(", "));
            svg.append("<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(MARGIN + 160, y, all));
        });
    }

    private static int span(Move move) {
        return move.from().stream().mapToInt(from -> Math.abs(from.ordinal() - move.to().ordinal())).max().orElse(0);
    }

    private static int left(Track track, Enum<?> state) {
        return MARGIN + state.ordinal() * ((WIDTH - 2 * MARGIN - BOX) / (track.states().size() - 1));
    }

    private static String coloured(Said said) {
        return "<tspan style=\"fill:%s\">%s</tspan>".formatted(COLOURS.get(said.by()), said.words());
    }

    private static String words(Set<Enum<?>> states) {
        return states.stream().map(Enum::name).collect(Collectors.joining(" or "));
    }

    private void text(int x, int y, String style, String words) {
        svg.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(style, x, y, words));
    }
}

package bench;

import embedded.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A chart (SVG) of throughput and callback latency over the offered rate. It has no background, and colours that can be
 * read on white and on black.
 */
final class GrowthChart {

    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("hub", "hub");
        TITLES.put("confirm", "hub, with confirmation");
        TITLES.put("two", "two hubs");
        TITLES.put("unbatched", "hub, unbatched");
        TITLES.put("outbox", "outbox");
        TITLES.put("outboxPlain", "outbox, plain");
    }

    private static final List<String> COLOURS = List.of("#2f81f7", "#8957e5", "#0f9bb3", "#d4760a", "#2da44e", "#d1416f");

    private final Map<String, List<RateStep>> curves;

    /** @param curves the steps of each curve, by its title; curves without steps are left out */
    GrowthChart(Map<String, List<RateStep>> curves) {
        this.curves = new LinkedHashMap<>(curves);
        this.curves.values().removeIf(List::isEmpty);
    }

    /** The chart of the hub and of the subjects that it is compared with. */
    static GrowthChart of(BenchResults findings) {
        Map<String, List<RateStep>> curves = new LinkedHashMap<>();
        TITLES.forEach((name, title) -> findings.result(name).ifPresent(result -> curves.put(title, result.all())));
        return new GrowthChart(curves);
    }

    void writeTo(Path file) {
        try {
            Files.writeString(file, svg());
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }

    String svg() {
        double most = curves.values().stream().flatMap(List::stream)
                .mapToDouble(step -> Math.max(step.rate(), step.settledPerSecond())).max().orElse(1);
        Scale offered = Scale.linear(most, LEFT, RIGHT);
        Scale settled = Scale.linear(most, 300, 70);
        Scale millis = Scale.logarithmic(1, 10_000, 590, 360);
        StringBuilder drawn = new StringBuilder();
        panel(drawn, offered, settled, "orders settled a second");
        panel(drawn, offered, millis, "callback, ms: p99, and p50 dashed");
        drawn.append(element("<line class='grid' stroke-dasharray='2 4' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f'/>",
                offered.at(0), settled.at(0), offered.at(settled.most()), settled.at(settled.most())));
        int number = 0;
        for (Map.Entry<String, List<RateStep>> curve : curves.entrySet()) {
            String colour = COLOURS.get(number % COLOURS.size());
            drawn.append(element("<g stroke='%s' fill='%s'>", colour, colour));
            curve(drawn, curve.getValue(), offered, settled, RateStep::settledPerSecond, "");
            curve(drawn, curve.getValue(), offered, millis, step -> Latencies.millis(step.callbacks(), 99), "");
            curve(drawn, curve.getValue(), offered, millis, step -> Latencies.millis(step.callbacks(), 50),
                    " stroke-dasharray='5 4'");
            legend(drawn, number++, curve.getKey());
            drawn.append("</g>\n");
        }
        return """
                <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 760 650' role='img'
                     font-family='sans-serif' font-size='12'>
                <title>Orders settled a second, and how long callbacks take, over the rate of orders offered</title>
                <style>
                  text { fill: #767676; stroke: none }
                  .grid { stroke: #8b949e; stroke-opacity: .35 }
                  .line { fill: none; stroke-width: 1.8 }
                  .held { stroke-width: 1.4 }
                  .failed { fill: none; stroke-width: 1.4 }
                </style>
                %s<text x='%s' y='625' text-anchor='middle'>orders offered a second</text>
                <text x='%s' y='643' text-anchor='middle' font-size='10'>a filled point: the rate held; %s, commit %s</text>
                </svg>
                """.formatted(drawn, (LEFT + RIGHT) / 2, (LEFT + RIGHT) / 2, Machine.description(), Machine.commit());
    }

    private static final int LEFT = 70;
    private static final int RIGHT = 740;

    /** Maps a figure to a coordinate. @param ticks figures with a grid line and a label */
    private record Scale(double least, double most, boolean isLogarithmic, double from, double to, List<Double> ticks) {

        static Scale linear(double most, double from, double to) {
            double step = Math.pow(10, Math.floor(Math.log10(most)));
            step = most / step < 2 ? step / 5 : most / step < 5 ? step / 2 : step;
            List<Double> ticks = new ArrayList<>(List.of(0.0));
            while (ticks.get(ticks.size() - 1) < most) {
                ticks.add(ticks.size() * step);
            }
            return new Scale(0, ticks.get(ticks.size() - 1), false, from, to, ticks);
        }

        static Scale logarithmic(double least, double most, double from, double to) {
            List<Double> ticks = new ArrayList<>();
            for (double tick = least; tick <= most; tick *= 10) {
                ticks.add(tick);
            }
            return new Scale(least, most, true, from, to, ticks);
        }

        /** The coordinate of a figure; figures beyond the ends of the scale are drawn at its ends. */
        double at(double figure) {
            double within = Math.max(least, Math.min(most, figure));
            double share = isLogarithmic ? Math.log(within / least) / Math.log(most / least) : within / most;
            return from + share * (to - from);
        }
    }

    private static void panel(StringBuilder drawn, Scale x, Scale y, String title) {
        for (double tick : y.ticks) {
            drawn.append(element("<line class='grid' x1='%d' y1='%.1f' x2='%d' y2='%.1f'/>", LEFT, y.at(tick), RIGHT,
                    y.at(tick)));
            drawn.append(element("<text x='%d' y='%.1f' text-anchor='end'>%,.0f</text>", LEFT - 8, y.at(tick) + 4, tick));
        }
        for (double tick : x.ticks) {
            drawn.append(element("<line class='grid' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f'/>", x.at(tick), y.from,
                    x.at(tick), y.to));
            drawn.append(element("<text x='%.1f' y='%.1f' text-anchor='middle'>%,.0f</text>", x.at(tick), y.from + 16, tick));
        }
        drawn.append(element("<text x='%d' y='%.1f'>%s</text>", LEFT, y.to - 10, title));
    }

    /** A point for each step; the line goes through the median of those at the same rate. */
    private static void curve(StringBuilder drawn, List<RateStep> steps, Scale x, Scale y, ToDoubleFunction<RateStep> figure,
                              String style) {
        TreeMap<Double, List<Double>> byRate = new TreeMap<>();
        steps.forEach(step -> byRate.computeIfAbsent(step.rate(), rate -> new ArrayList<>()).add(figure.applyAsDouble(step)));
        String points = byRate.entrySet().stream().map(each -> element("%.1f,%.1f", x.at(each.getKey()),
                y.at(Spread.of(each.getValue()).median())).strip()).collect(Collectors.joining(" "));
        drawn.append(element("<polyline class='line'%s points='%s'/>", style, points));
        steps.forEach(step -> drawn.append(element("<circle class='%s' cx='%.1f' cy='%.1f' r='3'/>",
                step.held() ? "held" : "failed", x.at(step.rate()), y.at(figure.applyAsDouble(step)))));
    }

    private static void legend(StringBuilder drawn, int number, String title) {
        int x = LEFT + number % 3 * 200;
        int y = 16 + number / 3 * 18;
        drawn.append(element("<line class='line' x1='%d' y1='%d' x2='%d' y2='%d'/>", x, y - 4, x + 22, y - 4));
        drawn.append(element("<text x='%d' y='%d'>%s</text>", x + 30, y, title));
    }

    private static String element(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures) + '\n';
    }
}

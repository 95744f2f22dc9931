package ledger.order;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A table as a person writes it: columns between bars, the first names the rows, the first line the columns. */
final class TextTable {

    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    private final List<String> columns;

    TextTable(String text) {
        List<List<String>> lines = text.lines().filter(line -> !line.isBlank()).map(TextTable::cells).toList();
        columns = lines.get(0).subList(1, lines.get(0).size());
        for (List<String> line : lines.subList(1, lines.size())) {
            if (line.size() != columns.size() + 1) {
                throw new IllegalArgumentException("the row " + line + " does not fit the columns " + columns);
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                row.put(columns.get(i), line.get(i + 1));
            }
            rows.put(line.get(0), row);
        }
    }

    private static List<String> cells(String line) {
        return Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    }

    List<String> columns() {
        return columns;
    }

    Set<String> rows() {
        return rows.keySet();
    }

    String at(String row, String column) {
        String cell = rows.getOrDefault(row, Map.of()).get(column);
        if (cell == null) {
            throw new IllegalArgumentException("the table says nothing of " + column + " when " + row);
        }
        return cell;
    }
}

package io.quittance.proving.check;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How rows are shown to people. */
public final class Table<T> {
    private final List<Column<T>> columns;

    public Table(List<Column<T>> columns) {
        this.columns = List.copyOf(columns);
    }

    /** @param number whether it is aligned as numbers are */
    public record Column<T>(String head, boolean number, Function<T, String> text) {}

    /**
     * For a terminal.
     *
     * @param width in characters, from which on a cell's text is broken
     */
    public String text(List<T> rows, int width) {
        return AsciiTable.getTable(
                rows,
                columns.stream()
                        .map(column -> new com.github.freva.asciitable.Column()
                                .header(column.head())
                                .headerAlign(HorizontalAlign.LEFT)
                                .dataAlign(column.number() ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
                                .maxWidth(width)
                                .with(column.text()))
                        .toList());
    }

    public String markdown(List<T> rows) {
        Stream<String> head = Stream.of(
                row(columns.stream().map(Column::head)),
                row(columns.stream().map(column -> column.number() ? "---:" : "---")));
        Stream<String> body = rows.stream()
                .map(entry -> row(columns.stream().map(column -> column.text().apply(entry))));
        return Stream.concat(head, body).collect(Collectors.joining("\n")) + "\n";
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |"));
    }
}

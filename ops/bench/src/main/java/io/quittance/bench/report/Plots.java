package io.quittance.bench.report;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Pictures: dark on white, so that they can be read on any page. */
final class Plots {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int DOTS_PER_INCH = 144;
    /** A logarithmic axis has no zero. */
    private static final double LEAST_MILLIS = 1;

    private static final String RATE = "closed requests per second";
    /** Under labels. */
    private static final Color LIGHT = new Color(0x8FB8E8);

    private static final Color[] COLOURS = {
        new Color(0x2F6DB5), new Color(0xD9822B), new Color(0x3A9A5B), new Color(0xB3475C)
    };

    private Plots() {}

    /** Those for which there is something to show. */
    static void write(Results results, Path directory) throws IOException {
        rates(results, directory);
        latencies(results, directory);
        growth(results, directory);
    }

    private static void rates(Results results, Path directory) throws IOException {
        Map<String, Double> rates = medians(results, "W1", RATE);
        if (rates.isEmpty()) {
            return;
        }
        CategoryChart chart = categories("W1: closed requests per second", "");
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setLabelsVisible(true);
        chart.getStyler().setLabelsFontColorAutomaticEnabled(false);
        chart.getStyler().setLabelsFontColor(Color.BLACK);
        chart.getStyler().setSeriesColors(new Color[] {LIGHT});
        chart.getStyler().setLabelsPosition(1);
        chart.getStyler().setYAxisDecimalPattern("#,###");
        chart.addSeries("rate", new ArrayList<>(rates.keySet()), rounded(rates));
        save(chart, directory.resolve("w1-rates"));
    }

    private static void latencies(Results results, Path directory) throws IOException {
        if (medians(results, "W2", "approval → task p50").isEmpty()) {
            return;
        }
        CategoryChart chart = categories("W2: approval → task, milliseconds (each at half of its own rate)", "ms");
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(LEAST_MILLIS);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        for (String quantile : List.of("p50", "p99", "p999")) {
            Map<String, Double> values = medians(results, "W2", "approval → task " + quantile);
            values.replaceAll((contender, value) -> Math.max(LEAST_MILLIS, value));
            chart.addSeries(quantile, new ArrayList<>(values.keySet()), new ArrayList<>(values.values()));
        }
        save(chart, directory.resolve("w2-latencies"));
    }

    private static void growth(Results results, Path directory) throws IOException {
        List<Double> sizes = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        results.all().forEach((metric, spread) -> {
            if (metric.workload().equals("W7")
                    && metric.contender().endsWith(" remembered")
                    && metric.name().equals("processor time per request")) {
                sizes.add(Double.parseDouble(metric.contender().replaceAll("\\D", "")));
                times.add(spread.median());
            }
        });
        if (sizes.size() < 2) {
            return;
        }
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("W7: processor time per request as stores grow")
                .xAxisTitle("closed requests remembered")
                .yAxisTitle("µs, application and broker")
                .build();
        dress(chart.getStyler());
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setLegendVisible(false);
        chart.addSeries("processor time", sizes, times);
        save(chart, directory.resolve("w7-growth"));
    }

    private static CategoryChart categories(String title, String unit) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(unit)
                .build();
        dress(chart.getStyler());
        chart.getStyler().setAvailableSpaceFill(0.6);
        chart.getStyler().setXAxisLabelRotation(20);
        return chart;
    }

    private static void dress(AxesChartStyler styler) {
        styler.setSeriesColors(COLOURS);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(new Color(0xDDDDDD));
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    }

    private static Map<String, Double> medians(Results results, String workload, String name) {
        Map<String, Double> medians = new LinkedHashMap<>();
        results.all().forEach((metric, spread) -> {
            if (metric.workload().equals(workload) && metric.name().equals(name)) {
                medians.put(metric.contender(), spread.median());
            }
        });
        return medians;
    }

    private static List<Double> rounded(Map<String, Double> values) {
        return values.values().stream().map(value -> (double) Math.round(value)).toList();
    }

    private static void save(Chart<?, ?> chart, Path file) throws IOException {
        BitmapEncoder.saveBitmapWithDPI(chart, file.toString(), BitmapFormat.PNG, DOTS_PER_INCH);
    }
}

package io.quittance.bench.report;

import java.util.Locale;

/** Figures for people. */
public final class Figures {
    private Figures() {}

    /** Three significant digits or so; whole numbers whole. */
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f", value);
    }
}

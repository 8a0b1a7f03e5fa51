package io.quittance.bench.report;

/**
 * What a figure is of.
 *
 * @param workload raw, W1, …
 * @param contender who; with its durability where there is more than one
 * @param name what, in a few words
 * @param unit as it is written after the figure; empty for a plain number
 */
public record Metric(String workload, String contender, String name, String unit) {}

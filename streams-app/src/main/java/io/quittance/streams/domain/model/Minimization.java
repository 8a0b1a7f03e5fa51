package io.quittance.streams.domain.model;

/** A transformation for a whole category of data. */
public record Minimization(String category, Transformation transformation) {}

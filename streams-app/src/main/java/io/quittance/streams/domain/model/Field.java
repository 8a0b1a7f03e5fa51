package io.quittance.streams.domain.model;

/** A column and the category of data it holds. */
public record Field(String name, String category, Transformation anonymize) {}

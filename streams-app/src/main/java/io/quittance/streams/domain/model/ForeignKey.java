package io.quittance.streams.domain.model;

/** One step from a dataset towards the table that knows the subject. */
public record ForeignKey(String column, String referencesTable, String referencesColumn) {}

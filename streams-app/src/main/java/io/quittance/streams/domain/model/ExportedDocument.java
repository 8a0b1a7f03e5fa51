package io.quittance.streams.domain.model;

/** A document written for the person. */
public record ExportedDocument(String uri, String sha256, long bytes, long records) {}

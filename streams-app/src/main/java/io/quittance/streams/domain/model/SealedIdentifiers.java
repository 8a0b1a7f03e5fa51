package io.quittance.streams.domain.model;

/** Identifiers only an executor can open; carried, never read. */
public record SealedIdentifiers(String keyId, String algorithm, Payload ciphertext) {}

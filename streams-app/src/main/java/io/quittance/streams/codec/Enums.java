package io.quittance.streams.codec;

/** Enums of the contract and of the core share their names; a test holds that. */
final class Enums {
    private Enums() {}

    static <T extends Enum<T>> T to(Class<T> type, Enum<?> value) {
        return Enum.valueOf(type, value.name());
    }
}

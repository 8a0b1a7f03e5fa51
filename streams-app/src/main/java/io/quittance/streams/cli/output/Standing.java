package io.quittance.streams.cli.output;

import io.quittance.schema.RequestState;

/**
 * How something stands, and the colour that says so at a glance.
 *
 * @param style in picocli's markup
 */
public record Standing(String text, String style) {

    public static Standing good(String text) {
        return new Standing(text, "bold,green");
    }

    public static Standing bad(String text) {
        return new Standing(text, "bold,red");
    }

    public static Standing open(String text) {
        return new Standing(text, "bold,yellow");
    }

    public static Standing of(RequestState state) {
        return switch (state) {
            case FULFILLED -> good(state.name());
            case PARTIALLY_FULFILLED, FAILED, DENIED, EXPIRED, CANCELLED -> bad(state.name());
            case UNKNOWN, AWAITING_VERIFICATION, AWAITING_APPROVAL, QUEUED, EXECUTING, AWAITING_REVIEW ->
                open(state.name());
        };
    }
}

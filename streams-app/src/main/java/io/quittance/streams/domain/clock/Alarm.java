package io.quittance.streams.domain.clock;

/** What people are told about a clock, each once for each date it is about. The name is a stable code. */
public enum Alarm {
    ACKNOWLEDGEMENT_DUE("Receipt of the request is soon to be confirmed."),
    ACKNOWLEDGEMENT_MISSED("Receipt of the request was not confirmed in the time the law gives."),
    DEADLINE_NEAR("The request is soon to be answered."),
    DEADLINE_MISSED("The request was not answered in the time the law gives.");

    private final String sentence;

    Alarm(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}

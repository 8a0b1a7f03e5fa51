package io.quittance.proving.check;

/** A9: no identifier of a person is where nobody put it. */
final class Secrecy implements Invariant {

    @Override
    public String id() {
        return "A9";
    }

    @Override
    public String promise() {
        return "no identifier in any other topic, closed docket or log";
    }

    @Override
    public void check(Evidence evidence, Findings findings) {
        findings.looked(evidence.scanned);
        evidence.leaks.forEach(leak -> findings.add(
                Violation.Kind.VIOLATED,
                leak.requestId(),
                null,
                "An identifier stands in " + leak.where() + ".",
                leak.at(),
                leak.at()));
    }
}

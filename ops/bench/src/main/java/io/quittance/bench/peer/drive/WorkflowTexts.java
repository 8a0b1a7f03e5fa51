package io.quittance.bench.peer.drive;

/** What engines keep of a request beside its state: as JSON, as most do, and no more than the duties ask for. */
public final class WorkflowTexts {
    private WorkflowTexts() {}

    /** What came with the request. */
    public static final String REQUEST = """
            {"action": "DELETE", "regime": "GDPR", "purpose": "account-closure", \
            "customer_number": "C-0017-4711-0815", "email": "somebody.of.some.length@example.org", \
            "phone": "+49 30 901820", "scope": {"systems": [], "categories": ["contact", "orders", "support"]}, \
            "channel": "DASHBOARD", "roles": ["customer"], "country": "DE", "device": "managed"}""";

    /** Who approved what. */
    public static final String DECISION = """
            {"approver": "approver-17", "verdict": "APPROVE", "reason": "checked with the customer", \
            "plan_sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}""";

    /** What an executor reports. */
    public static final String OUTCOME = """
            [{"dataset": "customers", "disposition": "ERASED", "matched": 1, "affected": 1, "residual": 0}, \
            {"dataset": "orders", "disposition": "RETAINED", "matched": 3, "affected": 0, "residual": 3, \
            "ground": "HGB 257"}]""";
}

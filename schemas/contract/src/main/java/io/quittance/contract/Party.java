package io.quittance.contract;

/**
 * Who writes to the contract's topics and reads them. Each has a principal of its own on a secured cluster; what that
 * may do follows from the catalogue.
 */
public enum Party {
    /** The pipeline. */
    APPLICATION("application", "app"),
    /** One system's executor; every system's has a principal of its own. */
    EXECUTOR("executor", "executors"),
    /** Products that ask in people's names. */
    PUBLISHER("publisher", "publishers"),
    /** Vouches for who people are. */
    IDENTITY_SERVICE("identity-service", "identity service"),
    /** Shows prompts to approvers and writes what they decide. */
    APPROVER_SERVICE("approver-service", "approver service"),
    /** Holds, extensions, pauses. */
    LEGAL("legal", "legal"),
    /** Policies, the data map, limits, freezes, and whatever went wrong. */
    OPERATOR("operator", "operators"),
    /** Tries policies on the requests there were. */
    POLICY_AUTHOR("policy-author", "policy authors"),
    /** Reads the audit. */
    COMPLIANCE("compliance", "compliance"),
    /** Tells people what they should be told. */
    NOTIFIER("notifier", "notification service");

    private final String id;
    private final String title;

    Party(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** As it is written in files and on command lines. */
    public String id() {
        return id;
    }

    /** For people. */
    public String title() {
        return title;
    }
}

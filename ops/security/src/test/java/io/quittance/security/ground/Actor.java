package io.quittance.security.ground;

import java.util.Arrays;
import java.util.stream.Stream;

/** Everybody with credentials. */
public enum Actor {
    /** Runs the cluster: the brokers' own certificate, and the only one whom no ACL binds. */
    ADMINISTRATOR("", "CN=broker", true),
    APPLICATION("application", "quittance", false),
    EXECUTOR_SHOP("executor:shop", "executor-shop", false),
    EXECUTOR_CRM("executor:crm", "executor-crm", false),
    EXECUTOR_ARCHIVE("executor:archive", "executor-archive", false),
    WORKER("connect-worker", "connect", false),
    PUBLISHER("publisher", "dashboard", false),
    IDENTITY_SERVICE("identity-service", "CN=identity,O=Example", true),
    APPROVER_SERVICE("approver-service", "approver-service", false),
    LEGAL("legal", "legal", false),
    OPERATOR("operator", "ops", false),
    POLICY_AUTHOR("policy-author", "policy-author", false),
    COMPLIANCE("compliance", "auditor", false),
    NOTIFIER("notifier", "mailer", false);

    private final String role;
    private final String principal;
    private final boolean certificate;

    Actor(String role, String principal, boolean certificate) {
        this.role = role;
        this.principal = principal;
        this.certificate = certificate;
    }

    /** Its part, as {@code quittance acls} takes it. */
    public String role() {
        return role;
    }

    public String principal() {
        return principal;
    }

    /** Whether it proves who it is with a certificate rather than with a password. */
    public boolean hasCertificate() {
        return certificate;
    }

    /** Those whom the ACLs are for. */
    public static Stream<Actor> bound() {
        return Arrays.stream(values()).filter(actor -> actor != ADMINISTRATOR);
    }
}

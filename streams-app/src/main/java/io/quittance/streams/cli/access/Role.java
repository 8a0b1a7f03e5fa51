package io.quittance.streams.cli.access;

import io.quittance.contract.Party;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a principal is for: to be one of the parties on the contract's topics, or to run Connect for the executors. */
public enum Role {
    APPLICATION(Party.APPLICATION),
    EXECUTOR(Party.EXECUTOR),
    CONNECT_WORKER(),
    PUBLISHER(Party.PUBLISHER),
    IDENTITY_SERVICE(Party.IDENTITY_SERVICE),
    APPROVER_SERVICE(Party.APPROVER_SERVICE),
    LEGAL(Party.LEGAL),
    OPERATOR(Party.OPERATOR),
    POLICY_AUTHOR(Party.POLICY_AUTHOR),
    COMPLIANCE(Party.COMPLIANCE),
    NOTIFIER(Party.NOTIFIER);

    private final Optional<Party> party;

    Role() {
        this.party = Optional.empty();
    }

    Role(Party party) {
        this.party = Optional.of(party);
    }

    /** The part it plays on the contract's topics; a Connect worker plays none. */
    public Optional<Party> party() {
        return party;
    }

    /** As it is written in files and on the command line. */
    public String id() {
        return party.map(Party::id)
                .orElseGet(() -> name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    static Optional<Role> of(String id) {
        return Arrays.stream(values()).filter(role -> role.id().equals(id)).findFirst();
    }

    /** All there are, for messages. */
    public static String ids() {
        return Arrays.stream(values()).map(Role::id).collect(Collectors.joining(", "));
    }
}

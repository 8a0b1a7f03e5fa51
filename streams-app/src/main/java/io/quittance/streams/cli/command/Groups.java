package io.quittance.streams.cli.command;

import picocli.CommandLine.Command;

/** Commands that only hold others. Called without one of them, they say which there are. */
public final class Groups {

    private Groups() {}

    @Command(name = "topics", mixinStandardHelpOptions = true, description = "The pipeline's topics.")
    public static final class Topics {}

    @Command(name = "acls", mixinStandardHelpOptions = true, description = "Who may do what on a secured cluster.")
    public static final class Acls {}

    @Command(
            name = "policy",
            mixinStandardHelpOptions = true,
            description = "Policies: what a request needs before it may run.")
    public static final class Policy {}

    @Command(
            name = "systems",
            mixinStandardHelpOptions = true,
            description = "The data map: which system holds what, and how a subject's part is found.")
    public static final class Systems {}

    @Command(
            name = "limits",
            mixinStandardHelpOptions = true,
            description = "Limits: how many attempts may be out at once, or go out in a time.")
    public static final class Limits {}

    @Command(
            name = "freeze",
            mixinStandardHelpOptions = true,
            description = "Freezes: stop a system, a law, a policy or everything, and let go again.")
    public static final class Freeze {}

    @Command(
            name = "hold",
            mixinStandardHelpOptions = true,
            description = "Legal holds: what is neither deleted nor anonymized, whatever was approved.")
    public static final class Hold {}

    @Command(
            name = "request",
            mixinStandardHelpOptions = true,
            description = "Requests: make one, take it back, see how it stands, order about its time.")
    public static final class Request {}

    @Command(name = "approvals", mixinStandardHelpOptions = true, description = "Prompts that wait for a decision.")
    public static final class Approvals {}

    @Command(
            name = "decide",
            mixinStandardHelpOptions = true,
            description = "Decide on a request, as an approver service would.")
    public static final class Decide {}

    @Command(
            name = "keys",
            mixinStandardHelpOptions = true,
            description = "Keys that decisions and grants are signed with.")
    public static final class Keys {}

    @Command(
            name = "audit",
            mixinStandardHelpOptions = true,
            description = "Audit records: who, what, when, why, under which rule.")
    public static final class Audit {}
}

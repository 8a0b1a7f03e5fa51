package io.quittance.streams.cli.access;

import io.quittance.contract.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everybody who comes to the pipeline's topics.
 *
 * @param applicationId the application's {@code application.id}
 */
public record Principals(String applicationId, List<Holder> holders) {

    public static final String DEFAULT_APPLICATION_ID = "quittance";

    private static final String USER = "User:";
    private static final int LONGEST = 512;
    private static final Pattern PLAIN = Pattern.compile("[^\\p{Cntrl}*]{1," + LONGEST + "}");
    private static final Pattern LEGAL_TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final String WORKER_GROUP = "connect";
    private static final List<String> WORKER_TOPICS = List.of("connect-configs", "connect-offsets", "connect-status");

    public Principals {
        holders = List.copyOf(holders);
    }

    /** Systems that have an executor among them. */
    public List<String> systems() {
        return holders.stream().flatMap(holder -> holder.system().stream()).toList();
    }

    /** What the names of the application's internal topics and transactions begin with. */
    String internalPrefix() {
        return applicationId + "-";
    }

    /**
     * A holder with what its role has where nothing else is said.
     *
     * @param name with or without {@code User:}
     * @param groups none for the usual ones: a sink connector's is {@code connect-} and its name
     * @param topics none for the names in Kafka's example of a worker's configuration
     */
    static Holder holder(Role role, String name, Optional<String> system, List<String> groups, List<String> topics) {
        List<String> usual = switch (role) {
            case EXECUTOR -> List.of("connect-executor-" + system.orElse(""));
            case CONNECT_WORKER -> List.of(WORKER_GROUP);
            default -> List.of();
        };
        boolean worker = role == Role.CONNECT_WORKER;
        return new Holder(
                name.startsWith(USER) ? name : USER + name,
                role,
                system,
                groups.isEmpty() ? usual : groups,
                worker && topics.isEmpty() ? WORKER_TOPICS : topics);
    }

    /** What is wrong with one of them, in a sentence. */
    static Optional<String> problem(Holder holder) {
        if (!PLAIN.matcher(holder.principal()).matches()) {
            return Optional.of("A principal's name has up to " + LONGEST + " characters, and '*' is nobody's.");
        }
        if (holder.principal().equals(USER) || holder.principal().equals("User:ANONYMOUS")) {
            return Optional.of("'" + holder.principal() + "' is whoever does not say who it is; it gets no rights.");
        }
        if ((holder.role() == Role.EXECUTOR) != holder.system().isPresent()) {
            return Optional.of("An executor works for one system, and nobody else for any: give a system to each"
                    + " executor, and only there.");
        }
        if (holder.system().filter(system -> !Topics.isLegalSystem(system)).isPresent()) {
            return Optional.of(
                    "'" + holder.system().get() + "' cannot be a system: lower-case letters, digits and dashes only.");
        }
        if (holder.role() != Role.CONNECT_WORKER && !holder.topics().isEmpty()) {
            return Optional.of("Only a connect-worker has topics of its own to name.");
        }
        return holder.groups().stream().anyMatch(group -> !PLAIN.matcher(group).matches())
                        || holder.topics().stream()
                                .anyMatch(topic -> !LEGAL_TOPIC.matcher(topic).matches())
                ? Optional.of("A group or a topic is named one by one, without '*'.")
                : Optional.empty();
    }

    /** What is wrong with them together: whoever plays two parts can do by itself what takes two. */
    static Optional<String> conflict(List<Holder> holders) {
        Map<String, Holder> seen = new HashMap<>();
        for (Holder holder : holders) {
            Holder other = seen.putIfAbsent(holder.principal(), holder);
            if (other != null) {
                return Optional.of("'" + holder.principal() + "' is there twice, as " + other.part() + " and as "
                        + holder.part() + ": give each part a principal of its own.");
            }
        }
        return Optional.empty();
    }
}

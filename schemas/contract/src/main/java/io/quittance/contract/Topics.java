package io.quittance.contract;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of the topics of one pipeline.
 *
 * @param prefix what every name starts with; one pipeline per controller or brand
 */
public record Topics(String prefix) {

    public static final String DEFAULT_PREFIX = "privacy.";

    private static final Pattern LEGAL_SYSTEM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern LEGAL_PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,100}");

    /** @throws IllegalArgumentException if Kafka would not take the names */
    public Topics {
        if (!LEGAL_PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("The topic prefix '" + prefix
                    + "' is not legal: use up to 100 letters, digits, dots, dashes and underscores.");
        }
    }

    /** A topic under its full name. */
    public record Topic(String name, TopicSpec spec) {}

    public static Topics withPrefix(String prefix) {
        return new Topics(prefix);
    }

    public String requests() {
        return name(TopicCatalogue.REQUESTS);
    }

    public String decisions() {
        return name(TopicCatalogue.DECISIONS);
    }

    public String verifications() {
        return name(TopicCatalogue.VERIFICATIONS);
    }

    public String directives() {
        return name(TopicCatalogue.DIRECTIVES);
    }

    public String policies() {
        return name(TopicCatalogue.POLICIES);
    }

    public String systems() {
        return name(TopicCatalogue.SYSTEMS);
    }

    public String limits() {
        return name(TopicCatalogue.LIMITS);
    }

    public String freezes() {
        return name(TopicCatalogue.FREEZES);
    }

    public String limitClaims() {
        return name(TopicCatalogue.LIMIT_CLAIMS);
    }

    public String limitPermits() {
        return name(TopicCatalogue.LIMIT_PERMITS);
    }

    public String approvals() {
        return name(TopicCatalogue.APPROVALS);
    }

    /**
     * The topic with one system's work.
     *
     * @throws IllegalArgumentException if the system's name is not legal
     */
    public String tasks(String system) {
        return name(TopicCatalogue.TASKS) + requireLegalSystem(system);
    }

    public String completions() {
        return name(TopicCatalogue.COMPLETIONS);
    }

    public String revocations() {
        return name(TopicCatalogue.REVOCATIONS);
    }

    public String audit() {
        return name(TopicCatalogue.AUDIT);
    }

    public String notifications() {
        return name(TopicCatalogue.NOTIFICATIONS);
    }

    public String deadLetters() {
        return name(TopicCatalogue.DEAD_LETTERS);
    }

    /**
     * Every topic of a pipeline with these systems, in the catalogue's order.
     *
     * @throws IllegalArgumentException if a system's name is not legal
     */
    public List<Topic> all(Collection<String> systems) {
        return TopicCatalogue.all().stream()
                .flatMap(spec -> spec.family()
                        ? new LinkedHashSet<>(systems).stream().map(system -> new Topic(tasks(system), spec))
                        : Stream.of(new Topic(name(spec), spec)))
                .toList();
    }

    /** Whether a system may be called that: it is part of a topic's name, and of a task's. */
    public static boolean isLegalSystem(String system) {
        return LEGAL_SYSTEM.matcher(system).matches();
    }

    /**
     * @return the system's name
     * @throws IllegalArgumentException if it is not legal
     */
    public static String requireLegalSystem(String system) {
        if (!isLegalSystem(system)) {
            throw new IllegalArgumentException("The system name '" + system + "' is not legal: use 1 to 63 lower-case"
                    + " letters, digits and dashes, starting with a letter or digit.");
        }
        return system;
    }

    private String name(TopicSpec spec) {
        return prefix + spec.name();
    }
}

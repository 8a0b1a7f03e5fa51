package io.quittance.streams.history;

import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.Disposal;
import io.quittance.streams.domain.model.Field;
import io.quittance.streams.domain.model.Locator;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.model.Transformation;
import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.Escalation;
import io.quittance.streams.domain.policy.OnGrantEnd;
import io.quittance.streams.domain.policy.OnSilence;
import io.quittance.streams.domain.policy.Requirement;
import io.quittance.streams.domain.policy.Review;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.domain.policy.VerificationNeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a history begins with.
 *
 * @param rules one for each purpose a request can name
 */
record Setup(List<Rule> rules, List<Limit> limits) {
    static final List<String> SUBJECTS = List.of("s0", "s1");
    static final List<String> SYSTEMS = List.of("shop", "search", "archive");
    static final String REVIEWERS = "board";
    private static final Map<String, List<Approver>> PEOPLE =
            SUBJECTS.stream().collect(Collectors.toMap(Function.identity(), Setup::peopleAround));
    private static final Map<String, List<Dataset>> DATASETS = SYSTEMS.stream()
            .collect(Collectors.toMap(
                    Function.identity(), system -> entry(system, 1).datasets()));
    static final int EMERGENCY = 3;

    static Setup of(Random random) {
        var rules = List.of(
                asking(random),
                asking(random),
                rule(random, RuleOutcome.APPROVE, null, null),
                rule(random, RuleOutcome.APPROVE, null, new Review(REVIEWERS, Duration.ofHours(24))));
        return new Setup(rules, random.nextInt(3) == 0 ? List.of() : limits(random));
    }

    /** Everybody who may try to approve, on requests of that subject. */
    static List<Approver> people(String subject) {
        return PEOPLE.getOrDefault(subject, List.of());
    }

    private static List<Approver> peopleAround(String subject) {
        return List.of(
                human("ada", "senior", "privacy"),
                human("bob", "junior", "privacy", "legal"),
                human("cyd", "senior", "legal"),
                human("dan", "junior", "security", "privacy"),
                human("eve", "senior", "privacy", "legal", "security", REVIEWERS),
                human(subject, "senior", "privacy", "legal", "security", REVIEWERS),
                human("agent", "senior", "privacy", REVIEWERS),
                new Approver("scanner-1", List.of("scanner"), Approver.Kind.MACHINE, Map.of()),
                new Approver("scanner-2", List.of("scanner", "privacy"), Approver.Kind.MACHINE, Map.of()),
                human("", "senior", "privacy"));
    }

    /** The datasets of a system, which stay the same from one version of its entry to the next. */
    static List<Dataset> datasets(String system) {
        return DATASETS.getOrDefault(system, List.of());
    }

    static SystemEntry entry(String name, int version) {
        var locator = new Locator("customer_id", "customer_id", List.of());
        var contact = new Field("email", "contact", Transformation.REDACT);
        var money = new Field("amount", "financial", Transformation.REDACT);
        boolean archive = name.equals("archive");
        String place = archive ? "one-bucket" : "public.payments";
        var people = new Dataset("people", "public.people", locator, List.of(contact), Disposal.ERASE, null, 0);
        var payments = new Dataset("payments", place, locator, List.of(money), Disposal.ERASE, null, 0);
        var mixed = new Dataset("orders", place, locator, List.of(contact, money), Disposal.ERASE, null, 0);
        return new SystemEntry(
                name,
                version,
                archive
                        ? Set.of(Action.ACCESS, Action.EXPORT, Action.DELETE)
                        : Set.of(Action.ACCESS, Action.EXPORT, Action.DELETE, Action.ANONYMIZE),
                name.equals("search") ? List.of("shop") : List.of(),
                archive ? List.of(payments, mixed) : List.of(people, payments),
                Duration.ofMinutes(5),
                maxAttempts(name));
    }

    static int maxAttempts(String system) {
        return system.equals("archive") ? 2 : 3;
    }

    static Rule asking(Random random) {
        OnSilence silence = List.of(OnSilence.EXPIRE, OnSilence.EXPIRE, OnSilence.DENY, OnSilence.APPROVE)
                .get(random.nextInt(4));
        var ask = new ApprovalAsk(
                ways(random),
                1 + random.nextInt(2),
                Duration.ofHours(1 + random.nextInt(24)),
                random.nextInt(4) == 0 ? Duration.ofMinutes(30) : null,
                random.nextInt(3) == 0 ? escalation(random) : null,
                silence,
                random.nextInt(6) == 0,
                random.nextInt(3) != 0,
                random.nextInt(8) == 0);
        return rule(random, RuleOutcome.ASK, ask, null);
    }

    private static Limit limit(String name, Set<String> systems, Random random) {
        return new Limit(
                name,
                1,
                systems,
                random.nextBoolean() ? Set.of() : Set.of(Action.DELETE, Action.EXPORT),
                random.nextInt(4) == 0 ? null : 1 + random.nextInt(2),
                random.nextInt(3) == 0 ? new Limit.Rate(1 + random.nextInt(2), Duration.ofMinutes(10)) : null);
    }

    /** What it is on stays: what went out before a limit was on it never asked for a permit. */
    static Limit changed(Limit old, Random random) {
        Limit drawn = limit(old.name(), old.systems(), random);
        return new Limit(old.name(), old.version() + 1, old.systems(), old.actions(), drawn.concurrent(), drawn.rate());
    }

    private static List<Limit> limits(Random random) {
        var limits = new ArrayList<Limit>();
        limits.add(limit("everywhere", Set.of(), random));
        if (random.nextBoolean()) {
            limits.add(limit("shop", Set.of("shop"), random));
        }
        return limits;
    }

    private static Rule rule(Random random, RuleOutcome outcome, @Nullable ApprovalAsk ask, @Nullable Review review) {
        boolean proof = random.nextInt(4) == 0;
        var need = proof
                ? new VerificationNeed(
                        1 + random.nextInt(2),
                        random.nextInt(3) == 0,
                        Duration.ofDays(2),
                        random.nextBoolean() ? Duration.ofHours(2) : null)
                : VerificationNeed.NONE;
        return new Rule(
                "rule",
                "true",
                outcome,
                ask,
                need,
                Duration.ofMinutes(10 + random.nextInt(50)),
                List.of(),
                random.nextBoolean() ? OnGrantEnd.ASK_AGAIN : OnGrantEnd.EXPIRE,
                random.nextInt(4) == 0 ? Duration.ofMinutes(30) : Duration.ZERO,
                review,
                "as the rule says");
    }

    private static List<Alternative> ways(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> List.of(allOf(people("privacy", 2)));
            case 1 -> List.of(allOf(people("privacy", 1), people("legal", 1)));
            case 2 -> List.of(allOf(people("privacy", 1), people("legal", 1)), allOf(people("security", 1)));
            case 3 -> List.of(allOf(people("privacy", 1), new Requirement("scanner", 1, true, null)));
            case 4 -> List.of(allOf(new Requirement("privacy", 1, false, "senior"), people("legal", 1)));
            case 5 -> List.of(allOf(new Requirement("privacy", 1, false, "senior")));
            default -> List.of(allOf(people("privacy", 1)));
        };
    }

    private static Escalation escalation(Random random) {
        return new Escalation(
                Duration.ofMinutes(40),
                random.nextBoolean() ? Escalation.Mode.ADD : Escalation.Mode.REPLACE,
                List.of(allOf(people("security", 1))));
    }

    private static Alternative allOf(Requirement... all) {
        return new Alternative(List.of(all));
    }

    private static Requirement people(String group, int count) {
        return new Requirement(group, count, false, null);
    }

    private static Approver human(String id, String grade, String... groups) {
        return new Approver(id, List.of(groups), Approver.Kind.HUMAN, Map.of("grade", grade));
    }
}

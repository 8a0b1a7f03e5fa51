package io.quittance.streams.cli.policy;

import io.quittance.streams.cli.document.ConditionChecker;
import io.quittance.streams.cli.document.PolicyReader;
import io.quittance.streams.policy.lint.Check;
import io.quittance.streams.policy.lint.Finding;
import io.quittance.streams.policy.lint.Finding.Place;
import io.quittance.streams.policy.lint.People;
import io.quittance.streams.policy.lint.PolicyLint;
import io.quittance.streams.policy.lint.Severity;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.SourceFile;
import io.quittance.streams.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that is to be said about a policy's file: what publishing would refuse, and what the lint finds. */
public final class PolicyCheck {

    private static final int LONGEST_SENTENCE = 1_024;

    private final ConditionChecker conditions;
    private final PolicyLint lint;

    public PolicyCheck(ConditionChecker conditions, People people) {
        this.conditions = conditions;
        this.lint = new PolicyLint(people);
    }

    /** In the order of the file. */
    public List<Remark> check(SourceFile source) {
        try {
            return odd(PolicyFile.read(source, conditions));
        } catch (InvalidDocumentException invalid) {
            return invalid.problems().stream()
                    .map(problem -> new Remark(problem.at(), Severity.ERROR, "invalid", problem.message(), ""))
                    .toList();
        }
    }

    private List<Remark> odd(PolicyFile file) {
        List<Remark> remarks = new ArrayList<>();
        Set<Acceptance> accepted = acceptances(file, remarks);
        Set<Acceptance> used = new HashSet<>();
        for (Finding finding : lint.of(file.policy())) {
            Optional<Acceptance> acceptance = accepted.stream()
                    .filter(one -> one.check() == finding.check()
                            && one.place().equals(finding.place().whole()))
                    .findFirst();
            acceptance.ifPresentOrElse(used::add, () -> remarks.add(remark(file, finding)));
        }
        accepted.stream().filter(one -> !used.contains(one)).forEach(one -> remarks.add(needless(file, one)));
        remarks.sort(Comparator.comparingInt((Remark remark) -> remark.at().line())
                .thenComparingInt(remark -> remark.at().column()));
        return List.copyOf(remarks);
    }

    private static Remark remark(PolicyFile file, Finding finding) {
        return new Remark(
                file.position(finding.place().rule(), finding.place().path()),
                finding.check().severity(),
                finding.check().id(),
                finding.message(),
                finding.remedy());
    }

    private static Remark needless(PolicyFile file, Acceptance acceptance) {
        return new Remark(
                file.position(acceptance.place().rule(), PolicyReader.ACCEPTS),
                Check.NEEDLESS_ACCEPTANCE.severity(),
                Check.NEEDLESS_ACCEPTANCE.id(),
                "It accepts " + acceptance.check().id() + ", and there is no such finding here.",
                "Remove it, so that it does not hide one that comes later.");
    }

    /** What the author says is meant as it is. */
    private record Acceptance(Check check, Place place) {}

    private static Set<Acceptance> acceptances(PolicyFile file, List<Remark> remarks) {
        Set<Acceptance> accepted = new HashSet<>();
        for (int rule = Place.POLICY; rule < file.policy().rules().size(); rule++) {
            Place place = new Place(rule, "");
            file.yaml(rule)
                    .entries(PolicyReader.ACCEPTS, (name, because) -> acceptance(name, because, place, remarks))
                    .forEach(one -> one.ifPresent(accepted::add));
        }
        return accepted;
    }

    private static Optional<Acceptance> acceptance(String name, YamlNode because, Place place, List<Remark> remarks) {
        Optional<Check> check = Check.of(name).filter(Check::acceptable);
        if (check.isEmpty()) {
            remarks.add(mistake(because, "'" + name + "' is no finding that can be accepted."));
        }
        String reason = because.scalar().orElse("");
        if (reason.isBlank() || reason.length() > LONGEST_SENTENCE) {
            remarks.add(mistake(because, "Say in a sentence why '" + name + "' is meant."));
            return Optional.empty();
        }
        return check.map(known -> new Acceptance(known, place));
    }

    private static Remark mistake(YamlNode at, String message) {
        return new Remark(at.position(), Severity.ERROR, "invalid", message, "");
    }
}

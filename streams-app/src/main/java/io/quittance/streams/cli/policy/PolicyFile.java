package io.quittance.streams.cli.policy;

import io.quittance.schema.PolicyDocument;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.document.ConditionChecker;
import io.quittance.streams.cli.document.PolicyReader;
import io.quittance.streams.codec.InvalidRecordException;
import io.quittance.streams.codec.ReferenceReader;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.policy.CelPolicies;
import io.quittance.streams.policy.Compilation;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Position;
import io.quittance.streams.yaml.Problem;
import io.quittance.streams.yaml.Problems;
import io.quittance.streams.yaml.SourceFile;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A policy in a file, as valid as publishing wants it.
 *
 * @param document what would be published
 * @param policy the same as the core knows it
 * @param compiled the same, ready to judge
 */
public record PolicyFile(SourceFile source, PolicyDocument document, Policy policy, CelPolicies compiled) {

    /**
     * Reads it with the eyes of both: of what publishes it and of what takes it up.
     *
     * @throws InvalidDocumentException with every mistake and its position
     */
    public static PolicyFile read(SourceFile source, ConditionChecker conditions) {
        PolicyDocument document = new PolicyReader(conditions).read(source);
        return new PolicyFile(source, document, policy(source, document), compiled(source, document));
    }

    /**
     * The published document, ready to judge.
     *
     * @throws CliException if this version does not take it up; an earlier one may have
     */
    public static CelPolicies compile(PolicyDocument document) {
        try {
            return compiled(new SourceFile(document.getName(), ""), document);
        } catch (InvalidDocumentException refused) {
            throw CliException.refused(
                    "This version does not take up the policy '" + document.getName() + "' that is published: "
                            + refused.problems().stream().map(Problem::message).collect(Collectors.joining(" ")),
                    "Mend what 'quittance policy show " + document.getName()
                            + "' prints and apply it before instances run this version; or compare with another file"
                            + " (--against).");
        }
    }

    /** A file that is not published yet stands for the version after all others. */
    private static Policy policy(SourceFile source, PolicyDocument document) {
        int version = document.getVersion() == 0 ? Integer.MAX_VALUE : document.getVersion();
        try {
            return ReferenceReader.policy(
                    document.getName(),
                    PolicyDocument.newBuilder(document).setVersion(version).build());
        } catch (InvalidRecordException refused) {
            throw invalid(source, String.valueOf(refused.getMessage()));
        }
    }

    private static CelPolicies compiled(SourceFile source, PolicyDocument document) {
        Compilation compilation = CelPolicies.compile(policy(source, document));
        if (compilation instanceof Compilation.Compiled compiled) {
            return compiled.policies();
        }
        Problems problems = new Problems();
        ((Compilation.Refused) compilation)
                .problems()
                .forEach(problem -> problems.add(
                        new Position(source.name(), 1, 1),
                        "Rule '" + problem.ruleId() + "', line " + problem.line() + ", column " + problem.column()
                                + ": " + problem.message()));
        problems.throwIfAny();
        throw new IllegalStateException("refused without a problem");
    }

    private static InvalidDocumentException invalid(SourceFile source, String message) {
        return new InvalidDocumentException(List.of(new Problem(new Position(source.name(), 1, 1), message)));
    }

    /** The policy as YAML. */
    YamlMapping yaml() {
        return YamlMapping.of(YamlNode.documents(source, new Problems()).get(0));
    }

    /** One of its rules as YAML; the policy itself for a negative index. */
    YamlMapping yaml(int rule) {
        YamlMapping policy = yaml();
        return rule < 0 ? policy : policy.list("rules", YamlMapping::of).get(rule);
    }

    /** Where a key is, or the nearest there is to it. */
    Position position(int rule, String path) {
        YamlMapping at = yaml(rule);
        Position nearest = at.position();
        for (String key : path.isEmpty() ? new String[0] : path.split("\\.")) {
            if (!at.has(key)) {
                return nearest;
            }
            nearest = at.keyNode(key).position();
            @Nullable YamlNode value = at.optional(key).orElse(null);
            if (value == null || value.mapping().isEmpty()) {
                return nearest;
            }
            at = YamlMapping.of(value);
        }
        return nearest;
    }
}

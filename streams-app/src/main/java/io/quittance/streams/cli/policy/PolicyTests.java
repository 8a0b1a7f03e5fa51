package io.quittance.streams.cli.policy;

import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Position;
import io.quittance.streams.yaml.Problems;
import io.quittance.streams.yaml.SourceFile;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The cases of a policy. */
public record PolicyTests(List<Case> cases) {

    private static final int LONGEST_NAME = 256;

    public PolicyTests {
        cases = List.copyOf(cases);
    }

    /**
     * One case.
     *
     * @param name a sentence
     * @param expected what the answer must be, by the keys of {@link Answer}
     */
    public record Case(String name, Position at, Facts given, SortedMap<String, String> expected) {
        public Case {
            expected = Collections.unmodifiableSortedMap(new TreeMap<>(expected));
        }
    }

    /** Where the tests of a policy are: next to it, {@code shop.tests.yaml} for {@code shop.policy.yaml}. */
    public static Path beside(Path policy) {
        String name = String.valueOf(policy.getFileName());
        return policy.resolveSibling(name.replaceFirst("(\\.policy)?\\.ya?ml$", "") + ".tests.yaml");
    }

    /** @throws InvalidDocumentException with every mistake and its position */
    public static PolicyTests read(SourceFile source) {
        Problems problems = new Problems();
        YamlMapping yaml =
                YamlMapping.of(YamlNode.only(source, problems, "The tests of a policy are one document; join them."));
        Optional<YamlMapping> defaults = yaml.optional("defaults").map(YamlMapping::layer);
        Set<String> names = new HashSet<>();
        List<Case> cases = yaml.requiredList("cases", node -> one(YamlMapping.of(node), defaults, names));
        yaml.refuseOtherKeys();
        problems.throwIfAny();
        return new PolicyTests(cases);
    }

    private static Case one(YamlMapping yaml, Optional<YamlMapping> defaults, Set<String> names) {
        String name = yaml.text("name", LONGEST_NAME);
        if (!name.isBlank() && !names.add(name)) {
            yaml.keyNode("name").problem("There is another case of that name.");
        }
        Facts given = GivenReader.read(Layers.of(yaml.optional("given").map(YamlMapping::layer), defaults));
        SortedMap<String, String> expected = yaml.optional("expect")
                .map(YamlMapping::of)
                .map(ExpectReader::read)
                .orElseGet(() -> {
                    yaml.missing("expect");
                    return new TreeMap<>();
                });
        yaml.refuseOtherKeys();
        return new Case(name, yaml.position(), given, expected);
    }
}

package io.quittance.streams.cli.policy;

import io.quittance.streams.policy.lint.People;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Problems;
import io.quittance.streams.yaml.SourceFile;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads who there is to be asked: one line per group, with how many belong to it or with their pseudonyms. */
public final class GroupsReader {

    private static final int LONGEST_NAME = 256;

    private GroupsReader() {}

    /** @throws InvalidDocumentException with every mistake and its position */
    public static People read(SourceFile source) {
        Problems problems = new Problems();
        YamlMapping yaml = YamlMapping.of(YamlNode.only(source, problems, "The groups are one document; join them."));
        Map<String, Set<String>> members = new HashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        for (String group : yaml.keys()) {
            yaml.optional(group)
                    .flatMap(YamlNode::elements)
                    .ifPresentOrElse(
                            listed -> members.put(group, names(listed)),
                            () -> sizes.put(group, yaml.number(group, 0, 1_000_000, 0)));
        }
        problems.throwIfAny();
        return new People(members, sizes);
    }

    private static Set<String> names(List<YamlNode> listed) {
        Set<String> names = new HashSet<>();
        listed.forEach(name -> names.add(YamlMapping.textOf(name, "member", LONGEST_NAME)));
        return names;
    }
}

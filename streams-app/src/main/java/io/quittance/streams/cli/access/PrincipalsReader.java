package io.quittance.streams.cli.access;

import io.quittance.streams.cli.CliException;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Problems;
import io.quittance.streams.yaml.SourceFile;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads who has which part, from a file and from options. */
public final class PrincipalsReader {

    private static final int LONGEST = 512;

    private PrincipalsReader() {}

    /**
     * A file that says all.
     *
     * @throws InvalidDocumentException with every mistake and its position
     */
    public static Principals read(SourceFile source) {
        Problems problems = new Problems();
        YamlMapping yaml = YamlMapping.of(YamlNode.only(source, problems, "Principals are one document; join them."));
        String applicationId = yaml.text("application-id", 200, Principals.DEFAULT_APPLICATION_ID);
        List<Holder> holders = new ArrayList<>();
        yaml.requiredList("principals", PrincipalsReader::holder).forEach(holder -> holder.ifPresent(holders::add));
        yaml.refuseOtherKeys();
        Principals.conflict(holders)
                .ifPresent(conflict -> yaml.keyNode("principals").problem(conflict));
        problems.throwIfAny();
        return new Principals(applicationId, holders);
    }

    /**
     * What options say: {@code ROLE=NAME}, and {@code executor:SYSTEM=NAME}.
     *
     * @throws CliException on the first mistake
     */
    public static Principals parse(String applicationId, List<String> options) {
        List<Holder> holders = options.stream().map(PrincipalsReader::parse).toList();
        Principals.conflict(holders).ifPresent(PrincipalsReader::refuse);
        return new Principals(applicationId, holders);
    }

    private static Holder parse(String option) {
        // The name may be a certificate's, with more of these signs.
        String[] parts = option.split("=", 2);
        String[] part = parts[0].split(":", 2);
        Optional<Role> role = Role.of(part[0]);
        if (parts.length < 2 || role.isEmpty()) {
            throw refusal("'" + option + "' is no principal of a role.");
        }
        Optional<String> system = part.length == 2 ? Optional.of(part[1]) : Optional.empty();
        Holder holder = Principals.holder(role.get(), parts[1], system, List.of(), List.of());
        Principals.problem(holder).ifPresent(PrincipalsReader::refuse);
        return holder;
    }

    private static Optional<Holder> holder(YamlNode node) {
        YamlMapping yaml = YamlMapping.of(node);
        String named = yaml.text("role", 64);
        Optional<Role> role = Role.of(named);
        String name = yaml.text("name", LONGEST);
        Optional<String> system = yaml.has("system") ? Optional.of(yaml.text("system", 63)) : Optional.empty();
        List<String> groups = texts(yaml, "groups");
        List<String> topics = texts(yaml, "topics");
        yaml.refuseOtherKeys();
        if (role.isEmpty() && !named.isBlank()) {
            yaml.problem("'" + named + "' is no role; there are " + Role.ids() + ".");
        }
        if (role.isEmpty() || name.isBlank()) {
            return Optional.empty();
        }
        Holder holder = Principals.holder(role.get(), name, system, groups, topics);
        Principals.problem(holder).ifPresent(yaml::problem);
        return Optional.of(holder);
    }

    private static List<String> texts(YamlMapping yaml, String key) {
        return yaml.list(key, node -> YamlMapping.textOf(node, key, LONGEST));
    }

    private static void refuse(String what) {
        throw refusal(what);
    }

    private static CliException refusal(String what) {
        return CliException.usage(
                what,
                "Give --principal ROLE=NAME, or executor:SYSTEM=NAME, once for each. The roles are " + Role.ids()
                        + ".");
    }
}

package io.quittance.streams.cli.document;

import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Problems;
import io.quittance.streams.yaml.SourceFile;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what finds a person: one {@code type: value} per line, as YAML or JSON. No value is ever part of a message. */
public final class IdentifiersReader {

    private static final int MOST_BYTES = 64 * 1024;

    private IdentifiersReader() {}

    /**
     * Identifier types and values; values stay as written, so that a number keeps its leading zeros.
     *
     * @throws InvalidDocumentException with every mistake and its position
     */
    public static Map<String, String> read(SourceFile source) {
        Problems problems = new Problems();
        YamlNode document =
                YamlNode.only(source, problems, "The identifiers of one person are one document; leave out the '---'.");
        YamlMapping yaml = YamlMapping.of(document);
        Map<String, String> identifiers = new LinkedHashMap<>();
        int bytes = 0;
        for (String type : yaml.keys()) {
            Optional<YamlNode> given = yaml.optional(type);
            String value = given.flatMap(YamlNode::scalar).orElse("");
            if (given.isPresent() && value.isBlank()) {
                yaml.keyNode(type).problem("This identifier has no value.");
            }
            identifiers.put(type, value);
            bytes += type.getBytes(StandardCharsets.UTF_8).length + value.getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MOST_BYTES) {
            document.problem("Identifiers may have " + MOST_BYTES + " bytes in all.");
        }
        problems.throwIfAny();
        return identifiers;
    }
}

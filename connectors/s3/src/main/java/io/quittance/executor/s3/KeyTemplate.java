package io.quittance.executor.s3;

import io.quittance.executor.TaskFailure;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A key prefix with the person's identifier in it, such as {@code customers/{identifier}/}. A '/' right behind the
 * identifier, and none inside it, is what keeps customer 4 apart from customer 42.
 */
final class KeyTemplate {
    private static final String PLACEHOLDER = "{identifier}";
    /** A key has at most 1024 bytes; this leaves room for the rest of it. */
    private static final int LONGEST_TEMPLATE = 512;

    private static final int LONGEST_IDENTIFIER = 256;

    private final String before;
    private final String behind;

    private KeyTemplate(String before, String behind) {
        this.before = before;
        this.behind = behind;
    }

    /** @throws TaskFailure BAD_LOCATOR for a template that could find the objects of somebody else */
    static KeyTemplate parse(String dataset, String template) throws TaskFailure {
        int at = template.indexOf(PLACEHOLDER);
        if (at < 0 || template.indexOf(PLACEHOLDER, at + 1) >= 0) {
            throw badLocator(dataset, "must hold {identifier} once");
        }
        String behind = template.substring(at + PLACEHOLDER.length());
        if (!behind.startsWith("/") || !behind.endsWith("/")) {
            throw badLocator(dataset, "must go on with '/' behind {identifier} and end in '/'");
        }
        if (template.startsWith("/") || template.length() > LONGEST_TEMPLATE || hasControlCharacter(template)) {
            throw badLocator(
                    dataset, "must not begin with '/', hold control characters or be longer than " + LONGEST_TEMPLATE);
        }
        return new KeyTemplate(template.substring(0, at), behind);
    }

    /** @throws TaskFailure BAD_IDENTIFIER for a value that is no safe part of a path */
    String prefixFor(String identifier) throws TaskFailure {
        if (identifier.isBlank()) {
            throw badIdentifier("is empty");
        }
        if (identifier.length() > LONGEST_IDENTIFIER || utf8Length(identifier) > LONGEST_IDENTIFIER) {
            throw badIdentifier("is longer than " + LONGEST_IDENTIFIER + " bytes");
        }
        if (identifier.indexOf('/') >= 0 || identifier.indexOf('\\') >= 0) {
            throw badIdentifier("holds a '/' or '\\'");
        }
        if (identifier.equals(".") || identifier.equals("..")) {
            throw badIdentifier("is a relative path");
        }
        if (hasControlCharacter(identifier)) {
            throw badIdentifier("holds a control character");
        }
        return before + identifier + behind;
    }

    /** Whether for some identifier its prefix could begin with that one. */
    boolean mayLieInside(String prefix) {
        return before.startsWith(prefix) || prefix.startsWith(before);
    }

    private static boolean hasControlCharacter(String text) {
        return text.codePoints().anyMatch(Character::isISOControl);
    }

    private static int utf8Length(String identifier) throws TaskFailure {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(identifier));
            return bytes.remaining();
        } catch (CharacterCodingException e) {
            throw badIdentifier("is not well-formed text");
        }
    }

    private static TaskFailure badLocator(String dataset, String problem) {
        return TaskFailure.refused(
                "BAD_LOCATOR",
                "The locator of dataset " + dataset + " finds no single person: its column " + problem + ".");
    }

    private static TaskFailure badIdentifier(String problem) {
        return TaskFailure.refused(
                "BAD_IDENTIFIER", "The identifier " + problem + ", so it cannot be part of an object key.");
    }
}

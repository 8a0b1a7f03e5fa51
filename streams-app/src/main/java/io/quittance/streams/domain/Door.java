package io.quittance.streams.domain;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Submission;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a record must be like to be let in at all. */
public final class Door {
    /** Longest request or event id, in characters. */
    public static final int MAX_ID = 128;
    /** Longest subject id, in characters. */
    public static final int MAX_SUBJECT = 256;
    /** Longest short text (purpose, method, code), in characters. */
    public static final int MAX_TEXT = 256;
    /** Longest reason, in characters. */
    public static final int MAX_REASON = 1024;
    /** An approver's groups and attributes together, in characters. */
    public static final int MAX_CREDENTIALS = 16 * 1024;
    /** Longest list (roles, groups, systems, categories). */
    public static final int MAX_LIST = 256;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}+");

    private Door() {}

    /** Whether the text can name something: not empty, bounded, without control characters. */
    public static boolean isName(String text, int longest) {
        return !text.isBlank() && isText(text, longest);
    }

    /**
     * A text that {@link #isText} takes, and that says the same to people: one line of it, cut where it is too long.
     */
    public static String legible(String text, int longest) {
        String line = CONTROL.matcher(text).replaceAll(" ");
        if (line.length() <= longest) {
            return line;
        }
        boolean splitsCharacter = Character.isHighSurrogate(line.charAt(longest - 1));
        return line.substring(0, splitsCharacter ? longest - 1 : longest);
    }

    /** Whether the text is bounded and without control characters. */
    public static boolean isText(String text, int longest) {
        if (text.length() > longest) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static Optional<Refusal> refusal(Submission request, Docket docket, Settings settings) {
        if (!isWellFormed(request)) {
            return Optional.of(Refusal.INVALID_REQUEST);
        }
        if (request.breakGlassReason() != null && request.breakGlassReason().isBlank()) {
            return Optional.of(Refusal.BREAK_GLASS_REASON_MISSING);
        }
        if (request.action() == Action.UNKNOWN) {
            return Optional.of(Refusal.UNKNOWN_ACTION);
        }
        if (!settings.regimes().has(request.regime())) {
            return Optional.of(Refusal.UNKNOWN_REGIME);
        }
        if (request.identifiers().size() > settings.maxIdentifierBytes()) {
            return Optional.of(Refusal.IDENTIFIERS_TOO_LARGE);
        }
        List<Case> before = docket.before(request.requestId());
        long reviews = before.stream().filter(Reviewing::isOver).count();
        boolean full = before.size() - reviews >= settings.maxOpenPerSubject()
                || (request.claimsEmergency() && reviews >= settings.maxOpenPerSubject());
        return full ? Optional.of(Refusal.TOO_MANY_OPEN) : Optional.empty();
    }

    private static boolean isWellFormed(Submission request) {
        return isName(request.requester().id(), MAX_SUBJECT)
                && request.requester().type() != RequesterType.UNKNOWN
                && isText(request.purpose(), MAX_TEXT)
                && isText(request.regime(), MAX_TEXT)
                && (request.breakGlassReason() == null || isText(request.breakGlassReason(), MAX_REASON))
                && areNames(request.requester().roles())
                && areNames(request.scope().systems())
                && areNames(request.scope().categories());
    }

    /** Whether each text can name something, and there are not too many. */
    public static boolean areNames(Collection<String> names) {
        return names.size() <= MAX_LIST && names.stream().allMatch(name -> isName(name, MAX_TEXT));
    }
}

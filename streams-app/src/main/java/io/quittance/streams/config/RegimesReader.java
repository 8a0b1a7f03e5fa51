package io.quittance.streams.config;

import io.quittance.streams.domain.clock.HolidayCalendar;
import io.quittance.streams.domain.clock.RefusalReason;
import io.quittance.streams.domain.clock.Regime;
import io.quittance.streams.domain.clock.Regimes;
import io.quittance.streams.domain.clock.Term;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Problem;
import io.quittance.streams.yaml.Problems;
import io.quittance.streams.yaml.SourceFile;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads regimes and their calendars: those that come with the application, or a file that takes their place. */
public final class RegimesReader {
    private static final String BUILT_IN = "regimes.yaml";
    private static final Pattern TERM = Pattern.compile("(\\d{1,4}) (months?|days?|business days?)");
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_TEXT = 256;
    private static final HolidayCalendar STAND_IN = new HolidayCalendar("", Set.of(), Set.of(), 0, 0);

    private final Map<String, HolidayCalendar> calendars = new HashMap<>();

    private RegimesReader() {}

    /** The regimes that come with the application. */
    public static Regimes builtIn() {
        try (InputStream text =
                Objects.requireNonNull(RegimesReader.class.getClassLoader().getResourceAsStream(BUILT_IN), BUILT_IN)) {
            return read(new SourceFile(BUILT_IN, new String(text.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** @throws InvalidConfiguration with a line for every mistake */
    static Regimes read(Path file) {
        try {
            return read(SourceFile.read(file));
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file; give the path of a file like the built-in regimes.yaml.");
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8; save it as UTF-8.");
        } catch (IOException e) {
            throw unreadable(file, "it could not be read; check that this user may read it.");
        } catch (InvalidDocumentException e) {
            throw new InvalidConfiguration(
                    e.problems().stream().map(Problem::toString).toList());
        }
    }

    /** @throws InvalidDocumentException with every mistake and its position */
    static Regimes read(SourceFile source) {
        Problems problems = new Problems();
        Regimes regimes = new RegimesReader()
                .regimes(YamlMapping.of(YamlNode.only(source, problems, "Regimes are one document; join them.")));
        problems.throwIfAny();
        return regimes;
    }

    private static InvalidConfiguration unreadable(Path file, String what) {
        return new InvalidConfiguration(List.of(file + ": " + AppOptions.REGIMES_FILE + ": " + what));
    }

    private Regimes regimes(YamlMapping yaml) {
        yaml.list("calendars", node -> calendar(YamlMapping.of(node)));
        Set<String> names = new HashSet<>();
        List<Regime> regimes = yaml.requiredList("regimes", node -> regime(YamlMapping.of(node), names));
        yaml.refuseOtherKeys();
        return new Regimes(
                regimes.stream().filter(one -> names.remove(one.name())).toList());
    }

    private HolidayCalendar calendar(YamlMapping yaml) {
        HolidayCalendar calendar = CalendarReader.read(yaml);
        if (calendars.putIfAbsent(calendar.name(), calendar) != null) {
            yaml.keyNode("name").problem("A calendar of this name is here twice; names are unique.");
        }
        return calendar;
    }

    private Regime regime(YamlMapping yaml, Set<String> names) {
        String name = yaml.text("name", LONGEST_NAME);
        if (!names.add(name) && !name.isBlank()) {
            yaml.keyNode("name").problem("The regime '" + name + "' is here twice; names are unique.");
        }
        Regime regime = new Regime(
                name,
                yaml.text("title", LONGEST_TEXT),
                zone(yaml),
                calendarOf(yaml),
                yaml.optional("answer")
                        .map(YamlMapping::of)
                        .map(RegimesReader::answer)
                        .orElse(null),
                yaml.optional("acknowledgement")
                        .map(YamlMapping::of)
                        .map(RegimesReader::acknowledgement)
                        .orElse(null),
                yaml.optional("extension")
                        .map(YamlMapping::of)
                        .map(RegimesReader::extension)
                        .orElse(null),
                yaml.optional("pause")
                        .map(YamlMapping::of)
                        .map(RegimesReader::pause)
                        .orElse(null),
                refusals(yaml));
        yaml.refuseOtherKeys();
        if (regime.answer() == null) {
            for (String needless : List.of("acknowledgement", "extension", "pause")) {
                yaml.optional(needless)
                        .ifPresent(at ->
                                at.problem("Without 'answer' no clock runs; add it, or leave '" + needless + "' out."));
            }
        }
        return regime;
    }

    private static ZoneId zone(YamlMapping yaml) {
        String zone = yaml.text("zone", LONGEST_NAME);
        try {
            return zone.isBlank() ? ZoneOffset.UTC : ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            yaml.keyNode("zone").problem("'zone' must be a time zone such as Europe/Brussels or UTC.");
            return ZoneOffset.UTC;
        }
    }

    private HolidayCalendar calendarOf(YamlMapping yaml) {
        String name = yaml.text("calendar", LONGEST_NAME);
        HolidayCalendar calendar = calendars.get(name);
        if (calendar == null && !name.isBlank()) {
            yaml.keyNode("calendar").problem("There is no calendar of this name; list it under 'calendars'.");
        }
        return calendar == null ? STAND_IN : calendar;
    }

    private static Regime.Answer answer(YamlMapping yaml) {
        Regime.Answer answer = new Regime.Answer(
                term(yaml, "within"),
                yaml.has("starts")
                        ? yaml.choice("starts", Regime.Start.class, Regime.Start.RECEIPT)
                        : missing(yaml, "starts", Regime.Start.RECEIPT),
                yaml.flag("rolls", false),
                yaml.number("near_days", 0, 365, 7),
                yaml.text("article", LONGEST_TEXT));
        yaml.refuseOtherKeys();
        return answer;
    }

    private static Regime.Acknowledgement acknowledgement(YamlMapping yaml) {
        Regime.Acknowledgement acknowledgement = new Regime.Acknowledgement(
                term(yaml, "within"), yaml.number("near_days", 0, 365, 2), yaml.text("article", LONGEST_TEXT));
        yaml.refuseOtherKeys();
        return acknowledgement;
    }

    private static Regime.Extension extension(YamlMapping yaml) {
        Regime.Extension extension = new Regime.Extension(
                term(yaml, "by"), yaml.number("times", 1, 12, 1), yaml.text("article", LONGEST_TEXT));
        yaml.refuseOtherKeys();
        return extension;
    }

    private static Regime.Pause pause(YamlMapping yaml) {
        Regime.Pause pause = new Regime.Pause(
                yaml.text("ground", LONGEST_TEXT),
                Set.copyOf(new HashSet<>(yaml.list(
                        "actions", node -> YamlMapping.choiceOf(node, "actions", Action.class, Action.UNKNOWN)))),
                yaml.text("article", LONGEST_TEXT));
        yaml.refuseOtherKeys();
        return pause;
    }

    private static List<RefusalReason> refusals(YamlMapping yaml) {
        Set<String> codes = new HashSet<>();
        List<RefusalReason> refusals = yaml.requiredList("refusals", node -> refusal(YamlMapping.of(node), codes));
        for (Verification.Kind kind : Verification.Kind.values()) {
            long usual = refusals.stream()
                    .filter(reason -> reason.usualFor().contains(kind))
                    .count();
            if (usual != 1) {
                yaml.keyNode("refusals").problem("One refusal must be 'usual_for: [" + kind + "]'; " + usual + " are.");
            }
        }
        return refusals;
    }

    private static RefusalReason refusal(YamlMapping yaml, Set<String> codes) {
        String code = yaml.text("code", LONGEST_NAME);
        if (!code.isBlank() && !code.matches("[A-Z][A-Z0-9_]*")) {
            yaml.keyNode("code")
                    .problem("'code' must have capitals, digits and underscores only: IDENTITY_NOT_PROVEN.");
        }
        if (!codes.add(code) && !code.isBlank()) {
            yaml.keyNode("code").problem("The code '" + code + "' is here twice; codes are unique in a regime.");
        }
        RefusalReason reason = new RefusalReason(
                code,
                yaml.text("sentence", LONGEST_TEXT),
                yaml.text("article", LONGEST_TEXT, ""),
                new HashSet<>(yaml.list(
                        "usual_for",
                        node -> YamlMapping.choiceOf(
                                node, "usual_for", Verification.Kind.class, Verification.Kind.IDENTITY))));
        yaml.refuseOtherKeys();
        return reason;
    }

    private static Term term(YamlMapping yaml, String key) {
        String text = yaml.text(key, LONGEST_NAME);
        Matcher matcher = TERM.matcher(text);
        if (matcher.matches() && Integer.parseInt(matcher.group(1)) > 0) {
            return new Term(Integer.parseInt(matcher.group(1)), unit(matcher.group(2)));
        }
        if (!text.isBlank()) {
            yaml.keyNode(key).problem("'" + key + "' must be a term such as 1 month, 45 days or 10 business days.");
        }
        return new Term(1, Term.Unit.DAYS);
    }

    private static Term.Unit unit(String word) {
        return word.startsWith("month")
                ? Term.Unit.MONTHS
                : word.startsWith("business") ? Term.Unit.BUSINESS_DAYS : Term.Unit.DAYS;
    }

    private static <T> T missing(YamlMapping yaml, String key, T standIn) {
        yaml.missing(key);
        return standIn;
    }
}

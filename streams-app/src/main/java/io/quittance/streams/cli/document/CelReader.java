package io.quittance.streams.cli.document;

import io.quittance.streams.cli.document.ConditionChecker.Use;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.util.Set;

/** Reads what a policy says in CEL, and tells its mistakes where they stand in the file. */
final class CelReader {

    private static final int LONGEST = 8_192;

    private final ConditionChecker checker;
    private final Set<String> calendars;

    CelReader(ConditionChecker checker, Set<String> calendars) {
        this.checker = checker;
        this.calendars = calendars;
    }

    String condition(YamlNode at) {
        return read(at, Use.condition(calendars));
    }

    String predicate(YamlNode at) {
        return read(at, Use.PREDICATE);
    }

    private String read(YamlNode at, Use use) {
        String cel = YamlMapping.linesOf(at, "when", LONGEST);
        if (!cel.isBlank()) {
            checker.check(cel, use)
                    .forEach(problem -> at.problems().add(ScalarPositions.locate(at, problem), problem.message()));
        }
        return cel;
    }
}

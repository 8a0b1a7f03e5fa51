package io.quittance.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.streams.domain.clock.Regime;
import io.quittance.streams.domain.clock.Regimes;
import io.quittance.streams.domain.model.Verification.Kind;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegimesReaderTest {
    private static final String SOUND = """
            calendars:
              - name: HERE
                weekend: [SATURDAY, SUNDAY]
                holidays:
                  2026: [2026-01-01]
            regimes:
              - name: PIPEDA
                title: Canada's
                zone: America/Toronto
                calendar: HERE
                answer: {within: 30 days, starts: RECEIPT, rolls: false, near_days: 5, article: s. 8(3)}
                refusals:
                  - {code: IDENTITY_NOT_PROVEN, sentence: Not proven., article: s. 8, usual_for: [IDENTITY]}
                  - {code: INTENT_NOT_CONFIRMED, sentence: Not meant., usual_for: [INTENT]}
                  - {code: VEXATIOUS, sentence: It is vexatious., article: s. 9}
            """;

    @TempDir
    Path directory;

    @Test
    void theBuiltInOnesAreThere() {
        assertThat(RegimesReader.builtIn().names())
                .containsExactlyInAnyOrder("GDPR", "UK_GDPR", "CCPA", "LGPD", "NONE");
    }

    @Test
    void everyFigureOfTheBuiltInOnesHasItsArticle() {
        Regimes laws = RegimesReader.builtIn();
        for (String name : List.of("GDPR", "UK_GDPR", "CCPA", "LGPD")) {
            Regime law = laws.find(name).orElseThrow();
            assertThat(law.answer())
                    .as(name)
                    .isNotNull()
                    .extracting(Regime.Answer::article)
                    .asString()
                    .isNotBlank();
            assertThat(law.refusals())
                    .as(name)
                    .allSatisfy(reason -> assertThat(reason.article()).isNotBlank());
        }
    }

    @Test
    void aReasonIsChosenByItsCodeAndElseTheUsualOne() {
        Regime law = RegimesReader.builtIn().find("GDPR").orElseThrow();

        assertThat(law.refusal(Kind.IDENTITY, "MANIFESTLY_UNFOUNDED")
                        .orElseThrow()
                        .article())
                .isEqualTo("GDPR art. 12(5)(b)");
        assertThat(law.refusal(Kind.IDENTITY, "NO_SUCH_CODE").orElseThrow().code())
                .isEqualTo("IDENTITY_NOT_PROVEN");
        assertThat(law.refusal(Kind.INTENT, null).orElseThrow().code()).isEqualTo("INTENT_NOT_CONFIRMED");
    }

    @Test
    void aFileTakesThePlaceOfTheBuiltInOnes() throws IOException {
        Path file = Files.writeString(directory.resolve("laws.yaml"), SOUND);

        AppConfig config = AppConfig.from(with(Map.of("regimes.file", file.toString())));

        assertThat(config.settings().regimes().names()).containsExactly("PIPEDA");
    }

    @Test
    void onlyThoseNamedAreTaken() {
        AppConfig config = AppConfig.from(with(Map.of("regimes", "CCPA, NONE")));

        assertThat(config.settings().regimes().names()).containsExactlyInAnyOrder("CCPA", "NONE");
    }

    @Test
    void aNameThatTheFileDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> AppConfig.from(with(Map.of("regimes", "GDPR, PIPEDA"))))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage("configuration: regimes: there is no regime 'PIPEDA' in the built-in regimes; those there"
                        + " are: CCPA, GDPR, LGPD, NONE, UK_GDPR.");
    }

    @Test
    void aFileThatIsNotThereIsOneLine() {
        Path file = directory.resolve("none.yaml");

        assertThatThrownBy(() -> AppConfig.from(with(Map.of("regimes.file", file.toString()))))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage(file + ": regimes.file: there is no such file; give the path of a file like the built-in"
                        + " regimes.yaml.");
    }

    @Test
    void aMistakeInTheFileIsALineWithItsPlace() throws IOException {
        Path file = Files.writeString(directory.resolve("laws.yaml"), SOUND.replace("30 days", "soon"));

        assertThatThrownBy(() -> AppConfig.from(with(Map.of("regimes.file", file.toString()))))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage(file + ":11:14: 'within' must be a term such as 1 month, 45 days or 10 business days.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 days              | 0 days              | 'within' must be a term such as
            30 days              | 1 year              | 'within' must be a term such as
            America/Toronto      | Toronto             | 'zone' must be a time zone
            calendar: HERE       | calendar: THERE     | There is no calendar of this name
            starts: RECEIPT,     |                     | 'starts' is missing.
            RECEIPT              | SOMETIME            | 'starts' must be one of RECEIPT, IDENTITY_PROVEN.
            s. 8(3)              | ''                  | 'article' has no value
            VEXATIOUS            | vexatious           | 'code' must have capitals
            VEXATIOUS            | IDENTITY_NOT_PROVEN | is here twice; codes are unique
            [INTENT]             | [IDENTITY]          | One refusal must be 'usual_for: [IDENTITY]'; 2 are.
            [2026-01-01]         | [2027-01-01]        | This date is not in the year 2026
            [2026-01-01]         | [Christmas]         | A holiday must be a date such as
            2026:                | next:               | 'holidays' must have years as keys
            SATURDAY, SUNDAY     | SATURDAI            | 'weekend' must be one of MONDAY
            near_days: 5         | nearly: 5           | Unknown key 'nearly'
            """)
    void everyMistakeIsNamed(String sound, String mistake, String message) {
        String text = SOUND.replace(sound, mistake == null ? "" : mistake);

        assertThatThrownBy(() -> RegimesReader.read(new SourceFile("laws.yaml", text)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith("laws.yaml:")
                .hasMessageContaining(message);
    }

    @Test
    void aYearLeftOutAndAPauseWithoutAClockAreNamed() {
        String text = SOUND.replace("2026: [2026-01-01]", "2026: []\n      2028: []")
                .replaceAll("answer: .*", "pause: {ground: Why not., article: none}");

        assertThatThrownBy(() -> RegimesReader.read(new SourceFile("laws.yaml", text)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("'holidays' must not leave out a year")
                .hasMessageContaining("Without 'answer' no clock runs");
    }

    private static Map<String, String> with(Map<String, String> more) {
        var values = new HashMap<>(more);
        values.put("bootstrap.servers", "broker:9092");
        values.put("schema.registry.url", "http://registry:8081");
        return values;
    }
}

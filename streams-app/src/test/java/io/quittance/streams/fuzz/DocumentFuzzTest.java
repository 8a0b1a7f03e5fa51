package io.quittance.streams.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quittance.streams.cli.document.LimitReader;
import io.quittance.streams.cli.document.PolicyReader;
import io.quittance.streams.cli.document.SystemReader;
import io.quittance.streams.policy.CelPolicies;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Documents as people write them, and the conditions in them. */
class DocumentFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void aDocumentIsReadOrItsMistakesAreNamed(byte[] input) {
        var source = new SourceFile("fuzz.yaml", new String(input, StandardCharsets.UTF_8));
        attempt(() -> new PolicyReader((cel, use) -> List.of()).read(source));
        attempt(() -> SystemReader.read(List.of(source), List.of()));
        attempt(() -> LimitReader.read(List.of(source)));
    }

    @FuzzTest(maxDuration = "3m")
    void aConditionIsSoundOrItsMistakesAreNamed(byte[] input) {
        CelPolicies.check(new String(input, StandardCharsets.UTF_8));
    }

    private static void attempt(Runnable reading) {
        try {
            reading.run();
        } catch (InvalidDocumentException declared) {
            // Declared.
        }
    }
}

package io.quittance.streams.policy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Conditions that are sound, judged; see the package {@code fuzz}. */
class JudgementFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void aSoundConditionHoldsOrNotOrDenies(byte[] input) {
        String condition = new String(input, StandardCharsets.UTF_8);
        if (CelPolicies.check(condition).isEmpty()) {
            new Given().ip("10.0.0.1").says(condition);
        }
    }
}

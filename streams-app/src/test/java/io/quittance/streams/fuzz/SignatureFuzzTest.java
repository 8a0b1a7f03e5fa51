package io.quittance.streams.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quittance.schema.Approver;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.Verdict;
import io.quittance.streams.codec.Decisions;
import io.quittance.streams.signature.DecisionSignatures;
import io.quittance.streams.signature.SignatureKeys;
import io.quittance.streams.signature.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Signatures of decisions: whatever it is, it vouches for nobody. */
class SignatureFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final DecisionSignatures SIGNATURES = signatures();
    private static final DecisionEvent DECISION = DecisionEvent.newBuilder()
            .setDecisionId("d-1")
            .setRequestId("r-1")
            .setSubjectId("s-1")
            .setOccurredAt(NOW)
            .setVerdict(Verdict.APPROVE)
            .setApprover(Approver.newBuilder().setId("ada").build())
            .build();

    @FuzzTest(maxDuration = "3m")
    void aTextVouchesForNobody(byte[] input) {
        String signature = new String(input, StandardCharsets.UTF_8);
        if (SIGNATURES.vouch("s-1", Decisions.read(DECISION), signature, NOW).signed()) {
            throw new AssertionError("it vouches");
        }
    }

    private static DecisionSignatures signatures() {
        try {
            Path keys = Files.createTempFile("keys", ".json");
            Files.writeString(keys, "{\"keys\":[" + SigningKey.generate().publicEntry(List.of("ada")) + "]}");
            keys.toFile().deleteOnExit();
            return SignatureKeys.in(keys, null, Duration.ZERO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

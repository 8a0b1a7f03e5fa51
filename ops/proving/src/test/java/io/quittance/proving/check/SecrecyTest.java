package io.quittance.proving.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecrecyTest {
    private final Invariant a9 = new Secrecy();

    @Test
    void anIdentifierWhereNoneBelongsIsAViolation() {
        Histories history = Histories.deleted();
        assertThat(history.foundBy(a9)).isEmpty();
        history.evidence.leaks.add(new Leak("privacy.audit-0@7", null, 1));
        assertThat(history.foundBy(a9)).containsExactly("VIOLATED An identifier stands in privacy.audit-0@7.");
    }

    @Test
    void aLogThatNamesSomebodyGivesItsLine(@TempDir Path logs) throws IOException {
        Files.writeString(logs.resolve("app.log"), "nothing here\nmail to " + Marker.TEXT + ".1@people.example\n");
        List<Leak> leaks = new ArrayList<>();
        LogScan.of(logs, leaks::add);
        assertThat(leaks).extracting(Leak::where).containsExactly("app.log:2");
    }

    @Test
    void theMarkerIsFoundAnywhereInBytes() {
        assertThat(Marker.isIn(("..." + Marker.TEXT).getBytes())).isTrue();
        assertThat(Marker.isIn(Marker.TEXT.substring(1).getBytes())).isFalse();
    }
}

package io.quittance.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.streams.domain.limit.Claim;
import io.quittance.streams.domain.limit.Entry;
import io.quittance.streams.domain.limit.Start;
import io.quittance.streams.domain.limit.Work;
import io.quittance.streams.domain.model.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LimitCodecTest {
    private static final Path GOLDENS = Path.of("src/test/resources/rows");
    private static final Instant AT = Instant.parse("2026-11-20T13:00:00Z");
    private static final Entry ENTRY = new Entry(
            new Claim(
                    "r-1/shop#2.3",
                    "r-1",
                    "s-1",
                    new Work("shop", Action.DELETE),
                    2,
                    Instant.parse("2026-12-20T23:00:00Z")),
            17,
            AT);
    private static final Start START = new Start(17, new Work("shop", Action.DELETE), AT);

    private final LimitCodec codec = new LimitCodec();

    /** Rows of every version that ever ran must stay readable. Never change a golden file of a release; add one. */
    @Test
    void rowsOfFormatOneAreReadAndWritten() throws IOException {
        if (Boolean.getBoolean("regenerate")) {
            Files.write(GOLDENS.resolve("limit-entry-1.bin"), codec.write(ENTRY));
            Files.write(GOLDENS.resolve("limit-start-1.bin"), codec.write(START));
        }
        byte[] entry = Files.readAllBytes(GOLDENS.resolve("limit-entry-1.bin"));
        byte[] start = Files.readAllBytes(GOLDENS.resolve("limit-start-1.bin"));

        assertThat(codec.readEntry(entry)).isEqualTo(ENTRY);
        assertThat(codec.readStart(start)).isEqualTo(START);
        assertThat(codec.write(ENTRY)).isEqualTo(entry);
        assertThat(codec.write(START)).isEqualTo(start);
    }

    @Test
    void whatWaitsAndHasNoDeadlineComesBackSo() {
        var waiting = new Entry(new Claim("c", "r", "s", new Work("shop", Action.EXPORT), 1, null), 1, null);

        assertThat(codec.readEntry(codec.write(waiting))).isEqualTo(waiting);
    }

    @Test
    void aStartSaysNothingAboutThePersonItWasFor() {
        assertThat(new String(codec.write(START), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("r-1", "s-1");
    }

    @Test
    void aRowOfALaterVersionIsNotGuessedAt() {
        assertThatThrownBy(() -> codec.readEntry(new byte[] {2, 0}))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessageContaining("format is 2");
    }

    @Test
    void keysTellEntriesFromStarts() {
        assertThat(LimitCodec.isEntry(LimitCodec.entryKey("c"))).isTrue();
        assertThat(LimitCodec.isEntry(LimitCodec.startKey(1))).isFalse();
    }
}

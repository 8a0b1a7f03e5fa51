package io.quittance.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import io.quittance.streams.domain.docket.Docket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DocketCodecTest {
    private static final Path GOLDENS = Path.of("src/test/resources/rows");
    private static final Instant DUE = Instant.parse("2026-11-20T13:00:00Z");

    private final DocketCodec codec = new DocketCodec();

    @Test
    void aDocketComesBackAsItWas() {
        Docket docket = SampleDocket.full();

        assertThat(codec.read(codec.write(docket, DUE))).isEqualTo(docket);
    }

    @Test
    void theHeaderTellsWhatTheIndexesNeed() {
        RowHeader header = DocketCodec.header(codec.write(SampleDocket.full(), DUE));

        assertThat(header)
                .isEqualTo(new RowHeader(
                        DUE.toEpochMilli(),
                        SampleDocket.RECEIVED.toEpochMilli(),
                        SampleDocket.CLOSED.toEpochMilli(),
                        0,
                        0,
                        0,
                        1,
                        0,
                        0,
                        0,
                        RowHeader.NEVER,
                        RowHeader.NEVER));
    }

    @Test
    void whatIsNotThereIsNever() {
        Docket markerOnly = new Docket(
                "s", java.util.List.of(), SampleDocket.full().closed(), java.util.List.of(), java.util.List.of());

        RowHeader header = DocketCodec.header(codec.write(markerOnly, null));

        assertThat(header.due()).isEqualTo(RowHeader.NEVER);
        assertThat(header.oldestOpen()).isEqualTo(RowHeader.NEVER);
    }

    /**
     * Rows of every version that was ever released must stay readable. Never change the golden file of a release; add
     * one. The format of a release to come is rewritten with {@code -Dregenerate=true}.
     */
    @Test
    void rowsOfFormatOneStayReadable() throws IOException {
        Docket read = codec.read(Files.readAllBytes(GOLDENS.resolve("docket-1.bin")));

        Docket known = SampleDocket.full();
        assertThat(read.subjectId()).isEqualTo(known.subjectId());
        assertThat(read.closed()).isEqualTo(known.closed());
        assertThat(read.holds()).isEqualTo(known.holds());
        assertThat(read.early()).hasSameSizeAs(known.early());
        assertThat(read.open()).singleElement().satisfies(about -> {
            assertThat(about.requestId()).isEqualTo(SampleDocket.open().requestId());
            assertThat(about.state()).isEqualTo(SampleDocket.open().state());
            assertThat(about.clock()).isNull();
            assertThat(about.due()).isNotNull();
        });
        assertThat(codec.read(codec.write(read, DUE))).isEqualTo(read);
    }

    @Test
    void theHeaderOfAFormatOneRowTellsWhatItCould() throws IOException {
        RowHeader header = DocketCodec.header(Files.readAllBytes(GOLDENS.resolve("docket-1.bin")));

        assertThat(header)
                .isEqualTo(new RowHeader(
                        DUE.toEpochMilli(),
                        SampleDocket.RECEIVED.toEpochMilli(),
                        SampleDocket.CLOSED.toEpochMilli(),
                        0,
                        0,
                        0,
                        1,
                        0,
                        0,
                        0,
                        RowHeader.NEVER,
                        RowHeader.NEVER));
    }

    @Test
    void rowsAreWrittenInFormatTwo() throws IOException {
        if (Boolean.getBoolean("regenerate")) {
            Files.write(GOLDENS.resolve("docket-2.bin"), codec.write(SampleDocket.full(), DUE));
        }
        byte[] golden = Files.readAllBytes(GOLDENS.resolve("docket-2.bin"));

        assertThat(codec.write(SampleDocket.full(), DUE)).isEqualTo(golden);
    }

    @Test
    void aFieldAddedLaterIsReadAsEmptyAndOneTakenAwayIsSkipped() throws IOException {
        var smile = new SmileMapper();
        byte[] row = codec.write(SampleDocket.full(), DUE);
        int bodyAt = 1 + RowHeader.BYTES;
        JsonNode body = smile.readTree(Arrays.copyOfRange(row, bodyAt, row.length));
        ((ObjectNode) body).remove("holds");
        ((ObjectNode) body).put("somethingElse", 1);
        var changed = new ByteArrayOutputStream();
        changed.write(row, 0, bodyAt);
        changed.write(smile.writeValueAsBytes(body));

        Docket read = codec.read(changed.toByteArray());

        assertThat(read.holds()).isEmpty();
        assertThat(read.open()).isEqualTo(SampleDocket.full().open());
    }

    @Test
    void aRowOfALaterFormatIsRefused() {
        byte[] row = codec.write(SampleDocket.full(), DUE);
        row[0] = 3;

        assertThatThrownBy(() -> codec.read(row))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessageContaining("format is 3");
    }

    @Test
    void aDamagedRowIsRefusedWithoutQuotingIt() {
        byte[] row = codec.write(SampleDocket.full(), DUE);

        assertThatThrownBy(() -> codec.read(Arrays.copyOf(row, row.length / 2)))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessageNotContaining("example.org")
                .hasNoCause();
    }

    @Test
    void nothingDerivedIsStored() throws IOException {
        byte[] row = codec.write(SampleDocket.full(), DUE);
        JsonNode body = new SmileMapper().readTree(Arrays.copyOfRange(row, 1 + RowHeader.BYTES, row.length));

        assertThat(body.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("subjectId", "open", "closed", "early", "holds", "ordered");
    }
}

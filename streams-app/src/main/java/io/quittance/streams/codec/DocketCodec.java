package io.quittance.streams.codec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.clock.StatutoryClock;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.policy.Judgement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dockets as rows of the store: a byte of format version, a {@link RowHeader}, then the docket as Smile.
 *
 * <p>Rows outlive versions of the application. A field that is added is read as empty or null from older rows; one that
 * is removed is skipped. Any other change is a new format version, and the old one stays readable: there is a golden
 * file for each.
 */
public final class DocketCodec {
    /** Ends its header before the requests that await review and the order of those that are frozen. */
    private static final byte FORMAT_1 = 1;

    private static final byte FORMAT = 2;
    private static final int BODY_AT = 1 + RowHeader.BYTES;

    private static final List<Class<?>> UNCHANGING =
            List.of(Submission.class, Judgement.class, Plan.class, StatutoryClock.class);

    private final ObjectMapper smile = rowMapper();

    /** @param due when the docket next wants to be looked at; null if never */
    public byte[] write(Docket docket, @Nullable Instant due) {
        byte[] body = body(docket);
        ByteBuffer row = ByteBuffer.allocate(BODY_AT + body.length).put(FORMAT);
        RowHeader.of(docket, due).writeTo(row);
        return row.put(body).array();
    }

    /** @throws UnreadableRowException if the row was written by a later version, or is damaged */
    public Docket read(byte[] row) {
        int bodyAt = 1 + headerBytes(row);
        try {
            return smile.readValue(row, bodyAt, row.length - bodyAt, Docket.class);
        } catch (IOException unreadable) {
            // Jackson's message may quote the row.
            throw new UnreadableRowException("its body does not parse: " + unreadable.getClass());
        }
    }

    /** @throws UnreadableRowException if the row was written by a later version, or is damaged */
    public static RowHeader header(byte[] row) {
        return RowHeader.readFrom(ByteBuffer.wrap(row, 1, headerBytes(row)));
    }

    private byte[] body(Docket docket) {
        try {
            return smile.writeValueAsBytes(docket);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a docket cannot be written: " + impossible.getClass());
        }
    }

    private static int headerBytes(byte[] row) {
        byte format = row.length == 0 ? 0 : row[0];
        int bytes = format == FORMAT_1 ? RowHeader.BYTES_IN_FORMAT_1 : RowHeader.BYTES;
        boolean known = format == FORMAT_1 || format == FORMAT;
        if (!known || row.length < 1 + bytes) {
            throw new UnreadableRowException(
                    "its format is " + (row.length == 0 ? "none" : format) + ", this version reads up to " + FORMAT);
        }
        return bytes;
    }

    private static ObjectMapper rowMapper() {
        SmileMapper rows = mapper();
        rows.getFactory().disable(SmileGenerator.Feature.ENCODE_BINARY_AS_7BIT);
        return rows.registerModule(Unchanging.module(mapper(), UNCHANGING));
    }

    static SmileMapper mapper() {
        SmileMapper mapper = SmileMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(SerializationFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
                .disable(DeserializationFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addMixIn(Command.class, CommandNames.class)
                .build();
        for (Class<?> collection : List.of(List.class, Map.class)) {
            mapper.configOverride(collection).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
        }
        return mapper;
    }

    /** Only these two can be kept in a docket: what came before its request. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Command.Decide.class, name = "decide"),
        @JsonSubTypes.Type(value = Command.Verify.class, name = "verify")
    })
    private interface CommandNames {}
}

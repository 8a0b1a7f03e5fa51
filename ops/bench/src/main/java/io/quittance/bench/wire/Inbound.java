package io.quittance.bench.wire;

import io.quittance.schema.RequestState;
import org.apache.avro.Schema;

/** What the driver reads of prompts, tasks and audit records; the rest of them is skipped. */
public final class Inbound {
    private final Shapes shapes;

    public Inbound(String registryUrl) {
        shapes = new Shapes(registryUrl);
    }

    /**
     * A prompt, as far as its decision needs it.
     *
     * @param ids request and subject, as they stand in the record
     * @param planHash likewise
     * @param answerBy when silence will have decided, in epoch milliseconds
     */
    public record Prompt(byte[] ids, byte[] planHash, long answerBy) {}

    /**
     * A task, as far as its completion needs it.
     *
     * @param head its first five fields, from task to attempt, as they stand in the record
     * @param grantId likewise
     * @param attempt from 1
     */
    public record Task(byte[] head, byte[] grantId, int attempt) {}

    /**
     * An audit record.
     *
     * @param state as its writer's schema calls it
     * @param closed whether it is the last one of its request
     */
    public record Audit(String state, boolean closed) {
        /** Done, all of it: what every request of the benchmark is meant to become that anybody answers. */
        public boolean fulfilled() {
            return state.equals(FULFILLED);
        }
    }

    public Prompt prompt(byte[] value) {
        RecordShape shape = shapes.of(value);
        shape.requireOrder("request_id", "subject_id");
        var cursor = new AvroCursor(value);
        int start = cursor.position();
        shape.skip(cursor, 0, 2);
        byte[] ids = cursor.since(start);
        int hash = shape.field("plan_sha256");
        shape.skip(cursor, 2, hash);
        int hashStart = cursor.position();
        shape.skip(cursor, hash, hash + 1);
        byte[] planHash = cursor.since(hashStart);
        shape.skip(cursor, hash + 1, shape.field("answer_by"));
        return new Prompt(ids, planHash, cursor.readLong());
    }

    public Task task(byte[] value) {
        RecordShape shape = shapes.of(value);
        shape.requireOrder("task_id", "request_id", "subject_id", "system", "attempt");
        var cursor = new AvroCursor(value);
        int start = cursor.position();
        shape.skip(cursor, 0, 4);
        int attempt = (int) cursor.readLong();
        byte[] head = cursor.since(start);
        shape.skip(cursor, 5, shape.field("grant"));
        int grant = cursor.position();
        // The grant's first field.
        cursor.skip(STRING);
        return new Task(head, cursor.since(grant), attempt);
    }

    public Audit audit(byte[] value) {
        RecordShape shape = shapes.of(value);
        var cursor = new AvroCursor(value);
        int state = shape.field("state");
        int closed = shape.field("closed");
        shape.skip(cursor, 0, state);
        String name = shape.symbol(state, (int) cursor.readLong());
        shape.skip(cursor, state + 1, closed);
        return new Audit(name, cursor.readBoolean());
    }

    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final String FULFILLED = RequestState.FULFILLED.name();
}

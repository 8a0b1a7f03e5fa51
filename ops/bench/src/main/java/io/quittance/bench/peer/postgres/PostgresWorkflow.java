package io.quittance.bench.peer.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.quittance.bench.peer.drive.Party;
import io.quittance.bench.peer.drive.PeerDatabase;
import io.quittance.bench.peer.drive.Tally;
import io.quittance.bench.peer.drive.Workflow;
import io.quittance.bench.peer.drive.WorkflowTexts;
import io.quittance.harness.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Tables, statements and parties. Each statement takes a whole batch, so that a round trip and a commit are shared. */
final class PostgresWorkflow implements Workflow {
    private static final String SUBMIT = """
            insert into requests (id, subject_id, action, regime, requester, purpose, identifiers, plan_sha256, state)
            select id, 'subject-' || id, 'DELETE', 'GDPR', 'subject-' || id, 'account-closure', ?::jsonb, ?, 'A'
            from unnest(?::uuid[]) as id
            """;
    private static final String PROMPTS = "select id from requests where state = 'A' order by id limit ?";
    private static final String APPROVE = """
            with executing as (
              update requests set state = 'E' where id = any(?::uuid[]) and state = 'A'
              returning id
            ), decided as (
              insert into decisions (request_id, approver, verdict, plan_sha256, reason)
              select id, 'approver-17', 'APPROVE', ?, 'checked with the customer'
              from executing
            ), issued as (
              insert into tasks (request_id, system, attempt, state, not_before, not_after)
              select id, system, 1, 'R', now(), now() + interval '30 minutes'
              from executing cross join generate_series(0, 3) as system
            )
            insert into audit (request_id, revision, state, actor, detail)
            select id, 1, 'EXECUTING', 'approver-17', '{"rule": "ask-privacy-team", "policy": "standard", "version": 3}'
            from executing
            """;
    private static final String CLAIM = """
            select t.request_id, r.subject_id, r.identifiers, t.not_before, t.not_after
            from (
              select request_id, not_before, not_after from tasks
              where system = ? and state = 'R' order by request_id limit ?
              for update skip locked
            ) t join requests r on r.id = t.request_id
            """;
    private static final String COMPLETE = """
            update tasks set state = 'D', executor = 'jdbc-1.0', finished_at = now(), outcome = ?::jsonb
            where system = ? and request_id = any(?::uuid[])
            """;
    private static final String CLOSE = """
            with done as (
              select id from requests r
              where state = 'E'
                and (select count(*) from tasks t where t.request_id = r.id and t.state = 'D') = 4
              order by id limit ?
              for update skip locked
            ), closed as (
              update requests set state = 'F', closed_at = now() where id = any(array(select id from done))
              returning id
            ), told as (
              insert into audit (request_id, revision, state, actor, detail)
              select closed.id, 2, 'FULFILLED', 'closer', jsonb_object_agg(t.system, t.outcome)
              from closed join tasks t on t.request_id = closed.id
              group by closed.id
            )
            select id from closed
            """;

    /** A plan made while a queue was empty reads the whole table once it is not; these queries always want an index. */
    private static final Map<String, String> BY_INDEX =
            Map.of("enable_seqscan", "off", "enable_hashjoin", "off", "enable_mergejoin", "off");

    private static final byte[] PLAN_SHA256 = new byte[32];

    private final PeerDatabase database;
    private final Tuning tuning;
    private final HikariDataSource pool;

    private PostgresWorkflow(PeerDatabase database, Tuning tuning, HikariDataSource pool) {
        this.database = database;
        this.tuning = tuning;
        this.pool = pool;
    }

    static PostgresWorkflow create(PeerDatabase database, Tuning tuning) {
        var pool = database.pool("postgres-peer", SYSTEMS.size() + 2 + tuning.publishers(), BY_INDEX);
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(schema());
        } catch (SQLException e) {
            pool.close();
            database.close();
            throw new HarnessException("the tables of the PostgreSQL peer cannot be made", e);
        }
        return new PostgresWorkflow(database, tuning, pool);
    }

    @Override
    public int submitBatch() {
        return tuning.submitBatch();
    }

    @Override
    public int publishers() {
        return tuning.publishers();
    }

    @Override
    public void submit(List<UUID> requests) throws SQLException {
        try (var connection = pool.getConnection();
                var insert = connection.prepareStatement(SUBMIT)) {
            insert.setString(1, WorkflowTexts.REQUEST);
            insert.setBytes(2, PLAN_SHA256);
            setUuids(insert, 3, requests);
            insert.executeUpdate();
        }
    }

    @Override
    public List<Party> parties(Tally tally) {
        var parties = new ArrayList<Party>();
        Party.Idle poll = () -> LockSupport.parkNanos(tuning.pollMicros() * 1_000L);
        parties.add(new Party("approver", () -> approve(tally), poll));
        for (int i = 0; i < SYSTEMS.size(); i++) {
            int system = i;
            parties.add(new Party("executor-" + SYSTEMS.get(i), () -> execute(system, tally), poll));
        }
        parties.add(new Party("closer", () -> close(tally), poll));
        return parties;
    }

    /** Fresh statistics and no dead rows from the run before. */
    @Override
    public void settle() throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("vacuum analyze requests, decisions, tasks, audit");
        }
    }

    @Override
    public long serverCpuNanos() {
        return database.cpuNanos();
    }

    @Override
    public void close() {
        pool.close();
        database.close();
    }

    private int approve(Tally tally) throws SQLException {
        try (var connection = pool.getConnection()) {
            List<UUID> waiting;
            try (var prompts = connection.prepareStatement(PROMPTS)) {
                prompts.setInt(1, tuning.approveBatch());
                waiting = ids(prompts);
            }
            if (waiting.isEmpty()) {
                return 0;
            }
            waiting.forEach(tally::prompted);
            try (var approve = connection.prepareStatement(APPROVE)) {
                setUuids(approve, 1, waiting);
                approve.setBytes(2, PLAN_SHA256);
                approve.executeUpdate();
            }
            return waiting.size();
        }
    }

    private int execute(int system, Tally tally) throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            List<UUID> claimed = claim(connection, system);
            claimed.forEach(request -> tally.tasked(request, system));
            if (!claimed.isEmpty()) {
                claimed.forEach(tally::completing);
                complete(connection, system, claimed);
            }
            connection.commit();
            return claimed.size();
        }
    }

    private List<UUID> claim(Connection connection, int system) throws SQLException {
        try (var claim = connection.prepareStatement(CLAIM)) {
            claim.setInt(1, system);
            claim.setInt(2, tuning.claimBatch());
            return ids(claim);
        }
    }

    private static void complete(Connection connection, int system, List<UUID> requests) throws SQLException {
        try (var complete = connection.prepareStatement(COMPLETE)) {
            complete.setString(1, WorkflowTexts.OUTCOME);
            complete.setInt(2, system);
            setUuids(complete, 3, requests);
            int updated = complete.executeUpdate();
            if (updated != requests.size()) {
                throw new SQLException("claimed %d tasks, completed %d".formatted(requests.size(), updated));
            }
        }
    }

    private int close(Tally tally) throws SQLException {
        try (var connection = pool.getConnection();
                var close = connection.prepareStatement(CLOSE)) {
            close.setInt(1, tuning.closeBatch());
            List<UUID> closed = ids(close);
            closed.forEach(tally::closed);
            return closed.size();
        }
    }

    private static List<UUID> ids(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            var ids = new ArrayList<UUID>();
            while (rows.next()) {
                ids.add(Objects.requireNonNull(rows.getObject(1, UUID.class)));
            }
            return ids;
        }
    }

    private static void setUuids(PreparedStatement statement, int index, List<UUID> ids) throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf("uuid", ids.toArray()));
    }

    private static String schema() {
        try (InputStream in = PostgresWorkflow.class.getResourceAsStream("schema.sql")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

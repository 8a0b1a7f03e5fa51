package io.quittance.bench.peer.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.Surroundings;
import io.quittance.harness.Reaper;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a peer for a moment and looks at what it kept. */
public final class PeerCheck {
    private static final Duration WARM_UP = Duration.ofMillis(500);
    private static final Duration MEASURED = Duration.ofSeconds(1);

    private PeerCheck() {}

    /** For a peer that needs no broker. */
    public static Surroundings surroundings(Reaper reaper, Path directory) {
        return new Surroundings(reaper, directory, "", "", () -> 0);
    }

    /** Closed loop, then open loop; returns how many requests there were in all. */
    public static long everyRequestClosesOnce(Contender contender) throws InterruptedException {
        var closed = contender.closedLoop(WARM_UP, MEASURED, 20);
        assertThat(closed.submitted()).isGreaterThanOrEqualTo(20);
        assertThat(closed.lost()).isZero();
        assertThat(closed.doubled()).isZero();

        var open = contender.openLoop(20, WARM_UP, MEASURED);
        assertThat(open.submitted()).isEqualTo(30);
        assertThat(open.lost()).isZero();
        assertThat(open.doubled()).isZero();
        assertThat(open.approvalToTask().getTotalCount()).isGreaterThan(0);
        assertThat(open.intakeToPrompt().getTotalCount()).isGreaterThan(0);
        return closed.submitted() + open.submitted();
    }

    /** The one row of a query, as numbers. */
    public static List<Long> row(PeerDatabase database, String query) throws SQLException {
        try (var pool = database.pool("check", 1, Map.of());
                var connection = pool.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            var values = new ArrayList<Long>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                values.add(rows.getLong(column));
            }
            return values;
        }
    }
}

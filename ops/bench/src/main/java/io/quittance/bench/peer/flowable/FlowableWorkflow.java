package io.quittance.bench.peer.flowable;

import com.zaxxer.hikari.HikariDataSource;
import io.quittance.bench.peer.drive.Party;
import io.quittance.bench.peer.drive.PeerDatabase;
import io.quittance.bench.peer.drive.Tally;
import io.quittance.bench.peer.drive.Workflow;
import io.quittance.bench.peer.drive.WorkflowTexts;
import io.quittance.harness.HarnessException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.ExecutionListener;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.runtime.Execution;
import org.jspecify.annotations.Nullable;

/** The engine, its process and the parties around it. */
final class FlowableWorkflow implements Workflow {
    private static final int CONNECTIONS = 8;
    /** Flowable makes none, and the parties ask for what waits at an activity all the time: in the engine's favour. */
    private static final String INDEX =
            "create index if not exists peer_execution_activity on act_ru_execution(act_id_)";

    private final PeerDatabase database;
    private final Tuning tuning;
    private final HikariDataSource pool;
    private final ProcessEngine engine;
    /** Spares every party a query: in the engine's favour. */
    private final Map<String, UUID> requestOfProcess = new ConcurrentHashMap<>();

    private volatile @Nullable Tally tally;

    private FlowableWorkflow(PeerDatabase database, Tuning tuning) {
        this.database = database;
        this.tuning = tuning;
        this.pool = database.pool("flowable", CONNECTIONS, Map.of());
        var configuration = configuration(pool);
        configuration.setBeans(Map.of("closing", (ExecutionListener) this::closing));
        this.engine = configuration.buildProcessEngine();
    }

    static FlowableWorkflow create(PeerDatabase database, Tuning tuning) {
        var workflow = new FlowableWorkflow(database, tuning);
        workflow.engine
                .getRepositoryService()
                .createDeployment()
                .addClasspathResource("io/quittance/bench/peer/flowable/request.bpmn20.xml")
                .deploy();
        workflow.makeIndex();
        return workflow;
    }

    private void makeIndex() {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(INDEX);
        } catch (SQLException e) {
            close();
            throw new HarnessException("the index on Flowable's executions cannot be made", e);
        }
    }

    @Override
    public int submitBatch() {
        return tuning.batch();
    }

    @Override
    public int publishers() {
        return tuning.publishers();
    }

    @Override
    public void submit(List<UUID> requests) {
        inOneTransaction(() -> {
            for (UUID request : requests) {
                var process = engine.getRuntimeService()
                        .createProcessInstanceBuilder()
                        .messageName("request")
                        .businessKey(request.toString())
                        .variable("request", WorkflowTexts.REQUEST)
                        .start();
                requestOfProcess.put(process.getId(), request);
            }
        });
    }

    @Override
    public List<Party> parties(Tally tally) {
        this.tally = tally;
        Party.Idle poll = () -> LockSupport.parkNanos(tuning.pollMicros() * 1_000L);
        return List.of(
                new Party("approver", () -> approve(tally), poll), new Party("executors", () -> execute(tally), poll));
    }

    @Override
    public void settle() throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
        }
    }

    @Override
    public long serverCpuNanos() {
        return database.cpuNanos();
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
        database.close();
    }

    private int approve(Tally tally) {
        List<Execution> waiting = waitingAt("decision", tuning.batch());
        if (!waiting.isEmpty()) {
            waiting.forEach(prompt -> tally.prompted(requestOf(prompt)));
            trigger(waiting, Map.of("decision", WorkflowTexts.DECISION));
        }
        return waiting.size();
    }

    /** All systems in turn, from one thread: two would collide at the join, and the loser do its work again. */
    private int execute(Tally tally) {
        int done = 0;
        for (int system = 0; system < SYSTEMS.size(); system++) {
            List<Execution> tasks = waitingAt(SYSTEMS.get(system), tuning.batch());
            if (!tasks.isEmpty()) {
                for (Execution task : tasks) {
                    tally.tasked(requestOf(task), system);
                    tally.completing(requestOf(task));
                }
                trigger(tasks, Map.of("outcome_" + SYSTEMS.get(system), WorkflowTexts.OUTCOME));
                done += tasks.size();
            }
        }
        return done;
    }

    private List<Execution> waitingAt(String activity, int most) {
        return engine.getRuntimeService()
                .createExecutionQuery()
                .activityId(activity)
                .listPage(0, most);
    }

    private void trigger(List<Execution> executions, Map<String, Object> variables) {
        inOneTransaction(() ->
                executions.forEach(execution -> engine.getRuntimeService().trigger(execution.getId(), variables)));
    }

    private UUID requestOf(Execution execution) {
        UUID request = requestOfProcess.get(execution.getProcessInstanceId());
        if (request == null) {
            throw new IllegalStateException("a process is at work that nobody started");
        }
        return request;
    }

    /** Commands that are run within a command share its context, and so its transaction and its batched flush. */
    private void inOneTransaction(Runnable calls) {
        engine.getManagementService().executeCommand(context -> {
            calls.run();
            return null;
        });
    }

    private void closing(DelegateExecution execution) {
        String process = execution.getProcessInstanceId();
        Context.getTransactionContext().addTransactionListener(TransactionState.COMMITTED, done -> {
            Tally told = tally;
            UUID request = requestOfProcess.get(process);
            if (told != null && request != null) {
                told.closed(request);
            }
        });
    }

    private static ProcessEngineConfigurationImpl configuration(HikariDataSource pool) {
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setDataSource(pool);
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setHistoryLevel(HistoryLevel.AUDIT);
        configuration.setDisableIdmEngine(true);
        configuration.setDisableEventRegistry(true);
        configuration.setIdBlockSize(10_000);
        configuration.setEnableEntityLinks(false);
        // Nothing here is asynchronous, so the executor would only poll.
        configuration.setAsyncExecutorActivate(false);
        return configuration;
    }
}

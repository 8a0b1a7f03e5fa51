package io.quittance.bench.peer.camunda;

import com.zaxxer.hikari.HikariDataSource;
import io.quittance.bench.peer.drive.Party;
import io.quittance.bench.peer.drive.PeerDatabase;
import io.quittance.bench.peer.drive.Tally;
import io.quittance.bench.peer.drive.Workflow;
import io.quittance.bench.peer.drive.WorkflowTexts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.externaltask.ExternalTaskQueryBuilder;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.jspecify.annotations.Nullable;

/** The engine, its process and the parties around it. */
final class CamundaWorkflow implements Workflow {
    private static final String WORKER = "executors";
    private static final long LOCK_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final int CONNECTIONS = 8;

    private final PeerDatabase database;
    private final Tuning tuning;
    private final HikariDataSource pool;
    private final ProcessEngineConfigurationImpl configuration;
    private final ProcessEngine engine;
    /** Spares the approver a query: in the engine's favour. */
    private final Map<String, UUID> requestOfProcess = new ConcurrentHashMap<>();

    private volatile @Nullable Tally tally;

    private CamundaWorkflow(PeerDatabase database, Tuning tuning) {
        this.database = database;
        this.tuning = tuning;
        this.pool = database.pool("camunda", CONNECTIONS, Map.of());
        this.configuration = configuration(pool);
        configuration.setBeans(Map.of("closing", (ExecutionListener) this::closing));
        this.engine = configuration.buildProcessEngine();
    }

    static CamundaWorkflow create(PeerDatabase database, Tuning tuning) {
        var workflow = new CamundaWorkflow(database, tuning);
        workflow.engine
                .getRepositoryService()
                .createDeployment()
                .addClasspathResource("io/quittance/bench/peer/camunda/request.bpmn")
                .deploy();
        return workflow;
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
                        .createMessageCorrelation("request")
                        .processInstanceBusinessKey(request.toString())
                        .setVariable("request", WorkflowTexts.REQUEST)
                        .correlateStartMessage();
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
        List<EventSubscription> waiting = engine.getRuntimeService()
                .createEventSubscriptionQuery()
                .eventType("message")
                .eventName("decision")
                .listPage(0, tuning.batch());
        if (waiting.isEmpty()) {
            return 0;
        }
        waiting.forEach(prompt -> tally.prompted(requestOf(prompt)));
        inOneTransaction(() -> waiting.forEach(prompt -> engine.getRuntimeService()
                .messageEventReceived(
                        "decision", prompt.getExecutionId(), Map.of("decision", WorkflowTexts.DECISION))));
        waiting.forEach(prompt -> requestOfProcess.remove(prompt.getProcessInstanceId()));
        return waiting.size();
    }

    private UUID requestOf(EventSubscription prompt) {
        UUID request = requestOfProcess.get(prompt.getProcessInstanceId());
        if (request == null) {
            throw new IllegalStateException("a process that nobody started waits for a decision");
        }
        return request;
    }

    private int execute(Tally tally) {
        ExternalTaskQueryBuilder fetch = engine.getExternalTaskService().fetchAndLock(tuning.fetch(), WORKER);
        for (String system : SYSTEMS) {
            fetch = fetch.topic(system, LOCK_MILLIS).variables("request", "decision");
        }
        List<LockedExternalTask> tasks = fetch.execute();
        tasks.forEach(
                task -> tally.tasked(UUID.fromString(task.getBusinessKey()), SYSTEMS.indexOf(task.getTopicName())));
        for (int from = 0; from < tasks.size(); from += tuning.batch()) {
            complete(tally, tasks.subList(from, Math.min(tasks.size(), from + tuning.batch())));
        }
        return tasks.size();
    }

    private void complete(Tally tally, List<LockedExternalTask> tasks) {
        tasks.forEach(task -> tally.completing(UUID.fromString(task.getBusinessKey())));
        inOneTransaction(() -> tasks.forEach(task -> engine.getExternalTaskService()
                .complete(task.getId(), WORKER, Map.of("outcome_" + task.getTopicName(), WorkflowTexts.OUTCOME))));
    }

    /** Commands that are run within a command share its context, and so its transaction and its batched flush. */
    private void inOneTransaction(Runnable calls) {
        configuration.getCommandExecutorTxRequired().execute(context -> {
            calls.run();
            return null;
        });
    }

    private void closing(DelegateExecution execution) {
        var request = UUID.fromString(execution.getProcessBusinessKey());
        Context.getCommandContext().getTransactionContext().addTransactionListener(TransactionState.COMMITTED, done -> {
            Tally told = tally;
            if (told != null) {
                told.closed(request);
            }
        });
    }

    private static ProcessEngineConfigurationImpl configuration(HikariDataSource pool) {
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setDataSource(pool);
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setHistory("audit");
        // Nothing here is asynchronous, so the job executor would only poll.
        configuration.setJobExecutorActivate(false);
        configuration.setIdBlockSize(10_000);
        configuration.setMetricsEnabled(false);
        configuration.setTaskMetricsEnabled(false);
        configuration.setAuthorizationEnabled(false);
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setHistoryCleanupEnabled(false);
        configuration.setSkipHistoryOptimisticLockingExceptions(true);
        configuration.setEnableExpressionsInAdhocQueries(false);
        return configuration;
    }
}

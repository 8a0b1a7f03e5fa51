package io.quittance.bench.peer.flowable;

import com.zaxxer.hikari.HikariDataSource;
import io.quittance.bench.peer.drive.Party;
import io.quittance.bench.peer.drive.PeerDatabase;
import io.quittance.bench.peer.drive.Tally;
import io.quittance.bench.peer.drive.Workflow;
import io.quittance.bench.peer.drive.WorkflowTexts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
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
import org.flowable.job.api.AcquiredExternalWorkerJob;
import org.jspecify.annotations.Nullable;

/** The engine, its process and the parties around it. */
final class FlowableWorkflow implements Workflow {
    private static final Duration LOCK = Duration.ofMinutes(5);
    private static final int CONNECTIONS = 8;

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
        this.pool = database.pool("flowable", CONNECTIONS + tuning.asyncThreads(), Map.of());
        var configuration = configuration(pool, tuning);
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
        var parties = new ArrayList<Party>();
        parties.add(new Party("approver", () -> approve(tally), poll));
        for (int i = 0; i < SYSTEMS.size(); i++) {
            int system = i;
            parties.add(new Party("executor-" + SYSTEMS.get(i), () -> execute(tally, system), poll));
        }
        return parties;
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
        List<Execution> waiting = engine.getRuntimeService()
                .createExecutionQuery()
                .activityId("decision")
                .listPage(0, tuning.batch());
        if (waiting.isEmpty()) {
            return 0;
        }
        waiting.forEach(prompt -> tally.prompted(requestOf(prompt.getProcessInstanceId())));
        inOneTransaction(() -> waiting.forEach(prompt ->
                engine.getRuntimeService().trigger(prompt.getId(), Map.of("decision", WorkflowTexts.DECISION))));
        return waiting.size();
    }

    private int execute(Tally tally, int system) {
        List<AcquiredExternalWorkerJob> jobs = engine.getManagementService()
                .createExternalWorkerJobAcquireBuilder()
                .topic(SYSTEMS.get(system), LOCK)
                .acquireAndLock(tuning.fetch(), worker(system), 1);
        jobs.forEach(job -> tally.tasked(requestOf(job.getProcessInstanceId()), system));
        for (int from = 0; from < jobs.size(); from += tuning.batch()) {
            complete(tally, system, jobs.subList(from, Math.min(jobs.size(), from + tuning.batch())));
        }
        return jobs.size();
    }

    private void complete(Tally tally, int system, List<AcquiredExternalWorkerJob> jobs) {
        jobs.forEach(job -> tally.completing(requestOf(job.getProcessInstanceId())));
        String variable = "outcome_" + SYSTEMS.get(system);
        inOneTransaction(() -> jobs.forEach(job -> engine.getManagementService()
                .createExternalWorkerCompletionBuilder(job.getId(), worker(system))
                .variable(variable, WorkflowTexts.OUTCOME)
                .complete()));
    }

    private UUID requestOf(String process) {
        UUID request = requestOfProcess.get(process);
        if (request == null) {
            throw new IllegalStateException("a process is at work that nobody started");
        }
        return request;
    }

    private static String worker(int system) {
        return "executor-" + SYSTEMS.get(system);
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

    private static ProcessEngineConfigurationImpl configuration(HikariDataSource pool, Tuning tuning) {
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setDataSource(pool);
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setHistoryLevel(HistoryLevel.AUDIT);
        configuration.setDisableIdmEngine(true);
        configuration.setDisableEventRegistry(true);
        configuration.setIdBlockSize(10_000);
        configuration.setEnableEntityLinks(false);
        configuration.setAsyncExecutorActivate(true);
        configuration.setAsyncExecutorNumberOfRetries(10);
        configuration.setAsyncExecutorDefaultAsyncJobAcquireWaitTime(5);
        configuration.setAsyncExecutorDefaultTimerJobAcquireWaitTime(20);
        configuration.setAsyncFailedJobWaitTime(1);
        configuration.setAsyncExecutorMaxAsyncJobsDuePerAcquisition(256);
        configuration.setAsyncExecutorThreadPoolQueueSize(4096);
        configuration.setAsyncExecutorCorePoolSize(tuning.asyncThreads());
        configuration.setAsyncExecutorMaxPoolSize(tuning.asyncThreads());
        return configuration;
    }
}

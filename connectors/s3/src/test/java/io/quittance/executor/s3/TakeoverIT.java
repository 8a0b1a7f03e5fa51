package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.executor.DataSystem;
import io.quittance.executor.ExecutorConfig;
import io.quittance.executor.GrantGuard;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.export.ExportConfig;
import io.quittance.executor.export.ObjectStoreConnection;
import io.quittance.executor.s3.PausingClient.Meanwhile;
import io.quittance.harness.S3Process;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Task;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Two workers erase for the same task: one goes on for a while after its partition was given to the other. */
@WithHarness
class TakeoverIT {
    /** More than one page, so that a worker can be stopped in the middle. */
    private static final int OBJECTS = 13;

    private final ExecutorConfig config;
    private final Bucket bucket;
    private final List<DataSystem> workers = new ArrayList<>();
    private final DataSystem other;
    private final Task task;

    TakeoverIT(S3Process s3) {
        bucket = Bucket.create(s3);
        config = Given.config(s3, bucket.name(), Map.of());
        other = worker(client -> client);
        task = Given.task(Action.DELETE, "4", Given.letters(bucket.name()).build())
                .build();
    }

    @BeforeEach
    void fill() {
        bucket.putMany("customers/4/", OBJECTS);
    }

    @AfterEach
    void close() {
        workers.forEach(DataSystem::close);
    }

    @Test
    void whoCountsAfterTheRemovalReportsWhatWasRemoved() throws Exception {
        DataSystem late = worker(client -> new PausingClient(
                client, ListObjectVersionsRequest.class::isInstance, () -> other.execute(Given.work(task))));

        assertThat(late.execute(Given.work(task))).containsExactly(erasedAll());
        assertThat(other.earlierOutcomes(task)).containsExactly(erasedAll());
    }

    @Test
    void whoCountsInTheMiddleOfTheRemovalReportsAllOfIt() throws Exception {
        DataSystem late = worker(client ->
                new PausingClient(client, ListObjectVersionsRequest.class::isInstance, this::otherRemovesPart));

        assertThat(late.execute(Given.work(task))).containsExactly(erasedAll());
        assertThat(other.earlierOutcomes(task)).containsExactly(erasedAll());
        assertThat(bucket.keys("customers/")).isEmpty();
    }

    @Test
    void whoIsOvertakenBeforeItStartsDoesNotSayThatNothingWasTouched() throws Exception {
        DataSystem late = worker(client -> client);

        TaskFailure failure = failure(() -> late.execute(Given.work(task, guard(1, this::otherRemovesPart, 2))));

        assertThat(failure.code()).isEqualTo("PARTLY_DONE");
        assertThat(failure(() -> other.earlierOutcomes(task)).code()).isEqualTo("PARTLY_DONE");
        assertThat(other.execute(Given.work(task))).containsExactly(erasedAll());
    }

    @Test
    void whoIsOvertakenAfterItsReceiptDoesNotTakeBackThatOfTheOther() throws Exception {
        DataSystem late = worker(client -> client);

        TaskFailure failure = failure(() -> late.execute(Given.work(task, guard(2, this::otherRemovesPart, 2))));

        assertThat(failure.code()).isEqualTo("PARTLY_DONE");
        assertThat(failure(() -> other.earlierOutcomes(task)).code()).isEqualTo("PARTLY_DONE");
        assertThat(other.execute(Given.work(task))).containsExactly(erasedAll());
    }

    @Test
    void whoLosesItsGrantWhileAnotherFinishesReportsWhatTheOtherDid() throws Exception {
        DataSystem late = worker(client -> client);

        assertThat(late.execute(Given.work(task, guard(2, () -> other.execute(Given.work(task)), 2))))
                .containsExactly(erasedAll());
    }

    @Test
    void whoIsKilledAfterALateStartDoesNotHideThatAllIsDone() throws Exception {
        boolean[] overtaken = {false};
        DataSystem late = worker(client -> {
            S3Client dying = new PausingClient(
                    client, request -> overtaken[0] && request instanceof ListObjectsV2Request, () -> {
                        throw new IllegalStateException("killed");
                    });
            return new PausingClient(dying, PutObjectRequest.class::isInstance, () -> {
                other.execute(Given.work(task));
                overtaken[0] = true;
            });
        });

        assertThatThrownBy(() -> late.execute(Given.work(task))).hasMessage("killed");

        assertThat(other.earlierOutcomes(task)).containsExactly(erasedAll());
    }

    @Test
    void whatCameLaterIsNotCountedTwice() throws Exception {
        other.execute(Given.work(task));
        bucket.put("customers/4/late.txt", "written after the first delivery");
        DataSystem late = worker(client -> new PausingClient(
                client, ListObjectVersionsRequest.class::isInstance, () -> other.execute(Given.work(task))));

        assertThat(late.execute(Given.work(task))).containsExactly(erased(OBJECTS + 1));
    }

    @Test
    void aReceiptThatTheClientWroteTwiceIsItsOwn() throws Exception {
        DataSystem unlucky = worker(RepeatingClient::new);

        TaskFailure failure = failure(() -> unlucky.execute(Given.work(task, Given.permittedTimes(1))));

        assertThat(failure.code()).isEqualTo("REVOKED");
        assertThat(other.earlierOutcomes(task)).isEmpty();
        assertThat(unlucky.execute(Given.work(task))).containsExactly(erasedAll());
    }

    /** Repeats every write, as the SDK does when the answer was lost. */
    private static final class RepeatingClient extends DelegatingS3Client {
        RepeatingClient(S3Client client) {
            super(client);
        }

        @Override
        protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
            if (request instanceof PutObjectRequest) {
                operation.apply(request);
            }
            return operation.apply(request);
        }
    }

    private void otherRemovesPart() {
        assertThat(failure(() -> other.execute(Given.work(task, Given.permittedTimes(2))))
                        .code())
                .isEqualTo("PARTLY_DONE");
    }

    /** Lets something happen at one look at the grant, which is revoked from another on. */
    private static GrantGuard guard(int look, Meanwhile meanwhile, int revokedFrom) {
        int[] looks = {0};
        return () -> {
            if (++looks[0] == look) {
                meanwhile.happens();
            }
            if (looks[0] >= revokedFrom) {
                throw TaskFailure.refused("REVOKED", "The grant was revoked.");
            }
        };
    }

    private DataSystem worker(UnaryOperator<S3Client> around) {
        S3Client client =
                around.apply(ObjectStoreConnection.parse(config, "s3.").open());
        DataSystem worker = new S3DataSystem(
                client,
                ExportConfig.openStore(config),
                new Receipts(client, ReceiptsLocation.parse(config)),
                10,
                1_000,
                Clock.fixed(Given.NOW, ZoneOffset.UTC));
        workers.add(worker);
        return worker;
    }

    private static TaskFailure failure(ThrowingCallable call) {
        return catchThrowableOfType(TaskFailure.class, call);
    }

    private static DatasetOutcome erasedAll() {
        return erased(OBJECTS);
    }

    private static DatasetOutcome erased(long count) {
        return new DatasetOutcome("letters", Disposition.ERASED, count, count, 0L, null, null, null);
    }
}

package io.quittance.quickstart.story;

import io.quittance.harness.Awaiting;
import io.quittance.harness.ConnectWorker;
import io.quittance.quickstart.party.ApproverService;
import io.quittance.quickstart.party.Compliance;
import io.quittance.quickstart.party.Connection;
import io.quittance.quickstart.party.IdentityService;
import io.quittance.quickstart.party.Operator;
import io.quittance.quickstart.party.Publisher;
import io.quittance.quickstart.shop.Shop.Customer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import software.amazon.awssdk.services.s3.S3Client;

/** What every scene has at hand: the parties, the systems themselves, and customers nobody has played with yet. */
public final class Stage implements AutoCloseable {
    /** How long a scene waits for something that takes milliseconds. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    final Publisher publisher;
    final IdentityService identity;
    final ApproverService approvers;
    final Compliance compliance;
    final Operator operator;
    final Narrator narrator;
    private final DataSource database;
    private final S3Client s3;
    private final String archiveBucket;
    private final ConnectWorker connect;
    private final List<Customer> customers;
    private int next;

    /**
     * @param database the shop's, read with SQL to see what is really there
     * @param customers to take from, in order; each has documents in the archive
     */
    public Stage(
            Connection connection,
            DataSource database,
            S3Client s3,
            String archiveBucket,
            ConnectWorker connect,
            List<Customer> customers,
            Narrator narrator) {
        this.publisher = new Publisher(connection, Clock.systemUTC());
        this.identity = new IdentityService(connection, Clock.systemUTC());
        this.approvers = new ApproverService(connection, Clock.systemUTC());
        this.compliance = new Compliance(connection);
        this.operator = new Operator(connection, Clock.systemUTC());
        this.database = database;
        this.s3 = s3;
        this.archiveBucket = archiveBucket;
        this.connect = connect;
        this.customers = List.copyOf(customers);
        this.narrator = narrator;
    }

    Customer nextCustomer() {
        return customers.get(next++);
    }

    Holdings holdings(Customer customer) {
        try (var connection = database.getConnection()) {
            return Holdings.of(customer.customerId(), connection, s3, archiveBucket);
        } catch (SQLException e) {
            throw new IllegalStateException("the shop's database cannot be read", e);
        }
    }

    /** The bytes at an {@code s3://bucket/key} address. */
    byte[] fetch(String uri) {
        String[] parts = uri.substring("s3://".length()).split("/", 2);
        return s3.getObjectAsBytes(request -> request.bucket(parts[0]).key(parts[1]))
                .asByteArray();
    }

    /** While it runs, no executor takes on work. */
    void withExecutorsPaused(Runnable meanwhile) {
        List<String> names = connect.connectors();
        names.forEach(connect::pause);
        names.forEach(this::awaitPaused);
        try {
            meanwhile.run();
        } finally {
            names.forEach(connect::resume);
            names.forEach(connect::awaitRunning);
        }
    }

    void check(boolean holds, String what) {
        if (!holds) {
            throw new CheckFailed(what);
        }
        narrator.checked(what);
    }

    private void awaitPaused(String name) {
        Awaiting.until(
                "connector " + name + " is paused",
                PATIENCE,
                () -> connect.status(name).tasks().stream()
                        .allMatch(task -> task.state().equals("PAUSED")));
    }

    @Override
    public void close() {
        publisher.close();
        identity.close();
        approvers.close();
        compliance.close();
        operator.close();
    }
}

package io.quittance.quickstart.stack;

import io.quittance.contract.Topics;
import io.quittance.harness.ConnectWorker;
import io.quittance.harness.Reaper;
import io.quittance.quickstart.party.Connection;
import io.quittance.quickstart.shop.Shop;
import io.quittance.quickstart.story.Narrator;
import io.quittance.quickstart.story.Stage;
import io.quittance.streams.app.QuittanceApp;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** All parts, started in the order they need each other and closed in the reverse of it. */
public final class Stack implements AutoCloseable {
    private static final Topics TOPICS = Topics.withPrefix(Topics.DEFAULT_PREFIX);

    private final Servers servers;
    private final FilledShop shop;
    private final ConnectWorker connect;
    private final QuittanceApp app;
    private final Parts parts;

    private Stack(Servers servers, FilledShop shop, ConnectWorker connect, QuittanceApp app, Parts parts) {
        this.servers = servers;
        this.shop = shop;
        this.connect = connect;
        this.app = app;
        this.parts = parts;
    }

    /**
     * Starts everything.
     *
     * @param reaper holds the data directory; closed by the caller, after the stack
     * @param plugins folder with the unpacked Connect plugins
     * @param progress told a line at every step
     */
    public static Stack start(Reaper reaper, Ports ports, Path plugins, Consumer<String> progress) {
        return start(reaper, ports, plugins, UnaryOperator.identity(), progress);
    }

    /**
     * Starts everything that nobody brings.
     *
     * @param brought makes of the usual hosting, where all is started here, the one to use
     */
    public static Stack start(
            Reaper reaper, Ports ports, Path plugins, UnaryOperator<Hosting> brought, Consumer<String> progress) {
        var parts = new Parts();
        boolean started = false;
        try {
            var servers = parts.add(Servers.start(reaper, ports, brought.apply(Hosting.here(reaper, ports))));
            var stack = start(servers, reaper.directory(), ports, plugins, progress, parts);
            started = true;
            return stack;
        } finally {
            if (!started) {
                parts.close();
            }
        }
    }

    private static Stack start(
            Servers servers, Path directory, Ports ports, Path plugins, Consumer<String> progress, Parts parts) {
        progress.accept("Kafka, the schema registry, PostgreSQL and an object store are up");
        var shop = FilledShop.in(servers);
        progress.accept("a shop with " + shop.shop().customers().size() + " customers and its archive are filled");

        var setup = new PipelineSetup(
                servers.kafka().bootstrapServers(), servers.registry().url());
        setup.applyTopics(Executors.systems());
        setup.applyDataMap(directory);
        progress.accept("topics, data map and policy are published");

        var grants = GrantKeys.in(directory);
        var app = parts.add(startApp(servers, directory, grants, ports));
        var connect = parts.add(startConnect(servers, directory, grants, ports, plugins));
        progress.accept("the application and " + Executors.systems().size() + " executors are running");
        return new Stack(servers, shop, connect, app, parts);
    }

    public Connection connection() {
        return new Connection(
                servers.kafka().bootstrapServers(), servers.registry().url(), TOPICS);
    }

    /** Everybody and everything in the shop. */
    public Shop shop() {
        return shop.shop();
    }

    /** Customers with something in every system. */
    public List<Shop.Customer> customers() {
        return shop.customers();
    }

    /** A stage for the story, over these systems. */
    public Stage stage(Narrator narrator) {
        return new Stage(
                connection(),
                servers.database().dataSource(),
                servers.objectStore().client(),
                Executors.ARCHIVE_BUCKET,
                connect,
                customers(),
                narrator);
    }

    public String connectUrl() {
        return connect.url();
    }

    public String objectStoreUrl() {
        return servers.objectStore().endpoint();
    }

    public String appUrl() {
        return app.restUrl();
    }

    private static QuittanceApp startApp(Servers servers, Path directory, GrantKeys grants, Ports ports) {
        return new QuittanceApp(AppSettings.of(
                        servers.kafka().bootstrapServers(),
                        servers.registry().url(),
                        directory,
                        grants,
                        ports.app().claim("the application")))
                .start();
    }

    private static ConnectWorker startConnect(
            Servers servers, Path directory, GrantKeys grants, Ports ports, Path plugins) {
        Path secrets = directory.resolve("executor.secrets");
        SecretFiles.write(
                secrets,
                Map.of(
                        "postgres.password", servers.database().password(),
                        "s3.access.key", servers.objectStore().accessKey(),
                        "s3.secret.key", servers.objectStore().secretKey()));
        Path pseudonymKey = directory.resolve("pseudonym.key");
        SecretFiles.makeKey(pseudonymKey, new SecureRandom());

        String brokers = servers.kafka().bootstrapServers();
        var options = ConnectWorker.Options.defaults()
                .withPort(ports.connect())
                .withPluginPath(plugins)
                .withProperties(Map.of(
                        "config.providers", "file",
                        "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider",
                        "config.providers.file.param.allowed.paths", directory.toString()));
        var connect = ConnectWorker.start(brokers, options);
        new Executors(brokers, servers.registry().url(), TOPICS, secrets, pseudonymKey, grants.published())
                .deploy(
                        connect,
                        servers.database().jdbcUrl(),
                        servers.database().user(),
                        servers.objectStore().endpoint());
        return connect;
    }

    @Override
    public void close() {
        parts.close();
    }
}
